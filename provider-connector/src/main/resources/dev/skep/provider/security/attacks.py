"""What a hostile job would try first, each attack bounded so that it harms nobody when a wall is missing.

Every attack returns what broke (parts that succeeded) and what held (parts that failed, and how).
"""

import ctypes
import errno
import glob
import os
import resource
import shutil
import signal
import socket
import struct
import subprocess
import time

from sdk import create_job

MIB = 1 << 20
LIBC = ctypes.CDLL(None, use_errno=True)


class Log:
    def __init__(self):
        self.broke, self.held = [], []

    def attempt(self, name, action):
        """Anything but an OSError means the attacker got what it wanted."""
        try:
            action()
            self.broke.append(name)
        except OSError as error:
            code = errno.errorcode.get(error.errno or 0, type(error).__name__)
            self.held.append(f"{name}: {code}")

    def check(self, name, broken, seen):
        (self.broke if broken else self.held).append(f"{name}: {seen}")


def write(path, flags=os.O_WRONLY):
    os.write(os.open(path, flags, 0o600), b"x")


def write_root(log):
    for path in ("/x", "/usr/x", "/etc/x", "/run/x"):
        log.attempt(path, lambda path=path: write(path, os.O_WRONLY | os.O_CREAT))
    log.attempt("/etc/passwd", lambda: write("/etc/passwd", os.O_WRONLY | os.O_APPEND))


def write_job(log):
    log.attempt("/job/job.py", lambda: write("/job/job.py", os.O_WRONLY | os.O_APPEND))
    log.attempt("/job/x", lambda: write("/job/x", os.O_WRONLY | os.O_CREAT))
    log.attempt("/run/skep/x", lambda: write("/run/skep/x", os.O_WRONLY | os.O_CREAT))


def gain_rights(log):
    status = dict(line.split(":\t", 1) for line in open("/proc/self/status") if ":\t" in line)
    log.check("CapEff", int(status["CapEff"], 16) != 0, status["CapEff"].strip())
    log.check("NoNewPrivs", status["NoNewPrivs"].strip() != "1", status["NoNewPrivs"].strip())
    log.check("Seccomp", status["Seccomp"].strip() != "2", status["Seccomp"].strip())
    log.attempt("setuid", lambda: os.setuid(0))
    log.attempt("mknod", lambda: os.mknod("/tmp/disk", 0o60600, os.makedev(8, 0)))
    log.attempt("chroot", lambda: os.chroot("/tmp"))
    log.attempt("raw socket", lambda: socket.socket(socket.AF_INET, socket.SOCK_RAW, socket.IPPROTO_ICMP))
    log.attempt("mount", lambda: call(165, b"none", b"/tmp", b"tmpfs", 0, None))


def call(number, *arguments):
    """A bare system call (numbers of x86-64); what the filter refuses is EPERM."""
    if LIBC.syscall(number, *arguments) < 0:
        raise OSError(ctypes.get_errno(), os.strerror(ctypes.get_errno()))


def reach(log, name, number, *arguments):
    """A call that fails for its arguments was let through: only EPERM and ENOSYS are walls."""
    try:
        call(number, *arguments)
        log.broke.append(name)
    except OSError as error:
        code = errno.errorcode.get(error.errno, str(error.errno))
        log.check(name, error.errno not in (errno.EPERM, errno.ENOSYS), code)


def kernel_doors(log):
    if os.uname().machine != "x86_64":
        raise NotImplementedError("the numbers of these calls are known for x86-64 only")
    reach(log, "io_uring_setup", 425, 1, None)
    reach(log, "AF_VSOCK", 41, 40, socket.SOCK_STREAM, 0)
    reach(log, "AF_VSOCK with high bits", 41, ctypes.c_long((1 << 32) | 40), socket.SOCK_STREAM, 0)
    reach(log, "AF_PACKET", 41, 17, socket.SOCK_RAW, 0)
    reach(log, "keyctl", 250, 0, -3, 1)
    reach(log, "add_key", 248, b"user", b"x", b"x", 1, -3)
    reach(log, "bpf", 321, 0, None, 0)
    reach(log, "userfaultfd", 323, 0)
    reach(log, "perf_event_open", 298, None, 0, -1, -1, 0)
    reach(log, "process_vm_readv", 310, 1, None, 0, None, 0, 0)
    reach(log, "ptrace", 101, 16, 1, None, None)
    reach(log, "clone3", 435, None, 0)
    reach(log, "unshare user namespace", 272, 0x10000000)
    reach(log, "setns", 308, -1, 0)
    reach(log, "mount", 165, None, None, None, 0, None)
    reach(log, "open_tree", 428, -1, None, 0)
    reach(log, "pivot_root", 155, None, None)
    reach(log, "open_by_handle_at", 304, -1, None, 0)
    reach(log, "kexec_load", 246, 0, 0, None, 0)
    reach(log, "syslog", 103, 10, None, 0)
    reach(log, "init_module", 175, None, 0, None)


def fork_bomb(log):
    children = []
    try:
        while len(children) < 200:
            child = os.fork()
            if child == 0:
                signal.pause()
                os._exit(0)
            children.append(child)
        log.broke.append(f"{len(children)} processes")
    except OSError as error:
        log.held.append(f"{errno.errorcode[error.errno]} after {len(children)}")
    finally:
        for child in children:
            os.kill(child, signal.SIGKILL)
            os.waitpid(child, 0)


def file_bomb(log):
    files = []
    try:
        while len(files) < 5000:
            files.append(os.open("/dev/null", os.O_RDONLY))
        log.broke.append(f"{len(files)} files")
    except OSError as error:
        log.held.append(f"{errno.errorcode[error.errno]} after {len(files)}")
    finally:
        for file in files:
            os.close(file)


def fill(log, path, mebibytes):
    written, chunk = 0, bytes(MIB)
    try:
        with open(path, "wb", buffering=0) as file:
            while written < mebibytes:
                written += file.write(chunk) / MIB
        log.broke.append(f"{path}: {written:.0f} MiB")
    except OSError as error:
        log.held.append(f"{path}: {errno.errorcode[error.errno]} at {written:.0f} MiB")
    finally:
        if os.path.exists(path):
            os.unlink(path)


def fill_tmp(log):
    fill(log, "/tmp/fill", 100)
    fill(log, "/dev/shm/fill", 32)


def exec_tmp(log):
    for program in ("/tmp/program", "/dev/shm/program"):
        shutil.copy("/usr/bin/python3", program)
        os.chmod(program, 0o755)
        log.attempt(f"run {program}", lambda: subprocess.run([program, "-c", ""], check=True))
        os.unlink(program)


def throttled():
    """How often the kernel held this container back; on a busy machine its share alone tells nothing."""
    for path in ("/sys/fs/cgroup/cpu.stat", "/sys/fs/cgroup/cpu/cpu.stat"):
        if os.path.exists(path):
            return int(dict(line.split() for line in open(path)).get("nr_throttled", 0))
    return 0


def spin_cpus(log):
    """Four spinners for two seconds: how many processors' worth of time did they get, and who held them back?"""
    seconds, children, before = 2, [], resource.getrusage(resource.RUSAGE_CHILDREN)
    held_before = throttled()
    for _ in range(4):
        child = os.fork()
        if child == 0:
            end = time.monotonic() + seconds
            while time.monotonic() < end:
                pass
            os._exit(0)
        children.append(child)
    start = time.monotonic()
    for child in children:
        os.waitpid(child, 0)
    after = resource.getrusage(resource.RUSAGE_CHILDREN)
    used = after.ru_utime + after.ru_stime - before.ru_utime - before.ru_stime
    share = used / max(seconds, time.monotonic() - start)
    held = throttled() - held_before
    log.check("four spinners", share > 0.5 or held == 0, f"{share:.2f} of a processor, held back {held} times")


def gateways():
    with open("/proc/net/route") as routes:
        for line in list(routes)[1:]:
            gateway = int(line.split()[2], 16)
            if gateway:
                yield socket.inet_ntoa(struct.pack("<I", gateway))


def knock(log, host, port):
    """A refusal is an answer: somebody was reached."""
    with socket.socket() as door:
        door.settimeout(1)
        try:
            door.connect((host, port))
            log.broke.append(f"{host}:{port} answered")
        except ConnectionRefusedError:
            log.broke.append(f"{host}:{port} refused")
        except OSError as error:
            log.held.append(f"{host}:{port}: {errno.errorcode.get(error.errno or 0, 'no answer')}")


def network(log):
    interfaces = {name for _, name in socket.if_nameindex()} - {"lo"}
    log.check("interfaces", any(not name.startswith(("tunl", "sit", "ip6tnl")) for name in interfaces), sorted(interfaces))
    for host in (*gateways(), "10.0.0.1", "172.17.0.1", "169.254.169.254", "1.1.1.1"):
        knock(log, host, 80)
    log.attempt("look up example.com", lambda: socket.getaddrinfo("example.com", 80))


def host_doors(log):
    doors = "/var/run/docker.sock /run/docker.sock /run/containerd /dev/kvm /dev/mem /dev/fuse /dev/net/tun /dev/sd*"
    devices = "/dev/vd* /dev/nvme* /dev/xvd* /dev/dm-* /dev/loop* /dev/nvidia* /dev/dri"
    found = [path for pattern in f"{doors} {devices}".split() for path in glob.glob(pattern)]
    log.check("doors", bool(found), found or "none")
    for path in ("/proc/sysrq-trigger", "/proc/sys/kernel/core_pattern", "/sys/kernel/uevent_helper"):
        log.attempt(path, lambda path=path: os.open(path, os.O_WRONLY))
    log.attempt("/proc/kcore", lambda: read_some("/proc/kcore"))


def read_some(path):
    with open(path, "rb") as file:
        if not file.read(16):
            raise OSError(errno.ENODATA, "masked")


def host_view(log):
    processes = [path for path in glob.glob("/proc/[0-9]*/comm")]
    log.check("processes", len(processes) > 4, len(processes))
    known = {"PATH", "HOME", "HOSTNAME", "LANG", "LC_CTYPE", "OMP_NUM_THREADS"}
    own = {name for name in os.environ if name in known or name.startswith(("PYTHON", "HF_"))}
    if os.environ.get("NVIDIA_VISIBLE_DEVICES") == "void":  # no graphics card is lent
        own.add("NVIDIA_VISIBLE_DEVICES")
    foreign = sorted(set(os.environ) - own)
    log.check("environment", bool(foreign), foreign or "own")
    log.check("host name", socket.gethostname() != "job", socket.gethostname())


def memory_bomb(log):
    held = [b"\1" * MIB for _ in range(400)]
    log.broke.append(f"{len(held)} MiB held")


def child_memory_bomb(log):
    """The parent lives on when only its child is killed, and the slot stays in order."""
    child = os.fork()
    if child == 0:
        held = [b"\1" * MIB for _ in range(400)]
        os._exit(len(held) % 2)
    status = os.waitpid(child, 0)[1]
    log.check("child with 400 MiB", os.WIFEXITED(status), f"wait status {status}")


def tmp_memory_bomb(log):
    """Files in memory are memory too: /tmp, /dev/shm and the heap each stay below the limit."""
    files = {"/tmp/fill": 60, "/dev/shm/fill": 14}
    for path, mebibytes in files.items():
        with open(path, "wb") as file:
            for _ in range(mebibytes):
                file.write(b"\1" * MIB)
    held = [b"\1" * MIB for _ in range(220)]
    log.broke.append(f"{len(held) + sum(files.values())} MiB held")
    for path in files:
        os.unlink(path)


def egress(log):
    """From a slot whose pool lists one place that does not answer."""
    for host in (*gateways(), "10.0.0.1", "172.17.0.1", "192.168.0.1", "169.254.169.254", "1.1.1.1"):
        for port in (22, 25, 80):
            knock(log, host, port)
    for server in ("127.0.0.11", "1.1.1.1", "8.8.8.8"):
        log.attempt(f"ask {server} for a name", lambda server=server: ask_name(server))
    log.attempt("look up example.com", lambda: socket.getaddrinfo("example.com", 80))
    log.attempt("change the firewall", undo_rules)


def ask_name(server):
    query = b"\x12\x34\x01\0\0\1\0\0\0\0\0\0\6secret\7example\3org\0\0\1\0\1"
    with socket.socket(socket.AF_INET, socket.SOCK_DGRAM) as door:
        door.settimeout(1)
        door.connect((server, 53))
        door.send(query)
        door.recv(512)


def undo_rules():
    """nfnetlink: delete the table inet skep, in a batch of its own."""
    def message(kind, flags, family, body=b""):
        return struct.pack("=IHHII", 20 + len(body), kind, flags, 1, 0) + struct.pack("=BBH", family, 0, 0) + body

    name = struct.pack("=HH", 9, 1) + b"skep\0" + bytes(3)
    subsystem = struct.pack("=BBH", 0, 0, 0x0A00)
    begin = struct.pack("=IHHII", 20, 0x10, 1, 0, 0) + subsystem
    end = struct.pack("=IHHII", 20, 0x11, 1, 2, 0) + subsystem
    with socket.socket(socket.AF_NETLINK, socket.SOCK_RAW, 12) as kernel:
        kernel.settimeout(2)
        kernel.send(begin + message(0x0A02, 5, 1, name) + end)
        answer = kernel.recv(4096)
        code = -struct.unpack_from("=i", answer, 16)[0]
        if code:
            raise OSError(code, os.strerror(code))


def run(name):
    log = Log()
    globals()[name](log)
    return {"broke": log.broke, "held": log.held}


create_job(run)
