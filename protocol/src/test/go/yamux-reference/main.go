// Command yamux-reference speaks yamux by the reference implementation, as either side, so that a test can hold ours to it.
//
//	yamux-reference server           listens on a free port of loopback and prints it; each stream's first line says what to do
//	yamux-reference client ADDR N B  echoes B bytes on each of N streams at once, then pings and says "ok"
package main

import (
	"bufio"
	"bytes"
	"fmt"
	"io"
	"math/rand"
	"net"
	"os"
	"strconv"
	"strings"
	"sync"
	"time"

	"github.com/hashicorp/yamux"
)

func main() {
	if len(os.Args) == 2 && os.Args[1] == "server" {
		check(serve())
	} else if len(os.Args) == 5 && os.Args[1] == "client" {
		check(call(os.Args[2], number(os.Args[3]), number(os.Args[4])))
		fmt.Println("ok")
	} else {
		check(fmt.Errorf("usage: yamux-reference server | client ADDR N BYTES"))
	}
}

func check(err error) {
	if err != nil {
		fmt.Fprintln(os.Stderr, err)
		os.Exit(1)
	}
}

func number(text string) int {
	value, err := strconv.Atoi(text)
	check(err)
	return value
}

func config() *yamux.Config {
	config := yamux.DefaultConfig()
	config.StreamCloseTimeout = 300 * time.Millisecond
	config.AcceptBacklog = 256
	return config
}

func serve() error {
	listener, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		return err
	}
	fmt.Println(listener.Addr().(*net.TCPAddr).Port)
	for {
		connection, err := listener.Accept()
		if err != nil {
			return err
		}
		session, err := yamux.Server(connection, config())
		if err != nil {
			return err
		}
		go accept(&server{session: session, goOn: make(chan struct{})})
	}
}

type server struct {
	session *yamux.Session
	goOn    chan struct{}
}

func accept(s *server) {
	for {
		stream, err := s.session.Accept()
		if err != nil {
			return
		}
		go s.answer(stream)
	}
}

func (s *server) answer(stream net.Conn) {
	reader := bufio.NewReaderSize(stream, 16)
	line, err := reader.ReadString('\n')
	if err != nil {
		return
	}
	words := strings.Fields(line)
	switch words[0] {
	case "echo":
		_, _ = io.Copy(stream, reader)
		stream.Close()
	case "source":
		_, _ = stream.Write(bytes.Repeat([]byte("s"), number(words[1])))
		stream.Close()
	case "stall": // reads nothing until some other stream says go, then says how much came
		<-s.goOn
		count, _ := io.Copy(io.Discard, reader)
		fmt.Fprintln(stream, count)
		stream.Close()
	case "go":
		close(s.goOn)
		stream.Close()
	case "ping":
		_, err := s.session.Ping()
		fmt.Fprintln(stream, err == nil)
		stream.Close()
	case "linger": // closes its half and resets the stream when ours stays open
		stream.Close()
	case "goaway":
		_ = s.session.GoAway()
		fmt.Fprintln(stream, "gone")
		stream.Close()
	}
}

func call(address string, streams, size int) error {
	connection, err := net.Dial("tcp", address)
	if err != nil {
		return err
	}
	session, err := yamux.Client(connection, config())
	if err != nil {
		return err
	}
	var group sync.WaitGroup
	failures := make(chan error, streams)
	for i := 0; i < streams; i++ {
		group.Add(1)
		go func(seed int64) {
			defer group.Done()
			if err := echo(session, seed, size); err != nil {
				failures <- err
			}
		}(int64(i))
	}
	group.Wait()
	select {
	case err := <-failures:
		return err
	default:
	}
	if _, err := session.Ping(); err != nil {
		return err
	}
	return session.Close()
}

func echo(session *yamux.Session, seed int64, size int) error {
	stream, err := session.Open()
	if err != nil {
		return err
	}
	sent := make([]byte, size)
	rand.New(rand.NewSource(seed)).Read(sent)
	go func() {
		_, _ = stream.Write(sent)
	}()
	received := make([]byte, size)
	if _, err := io.ReadFull(stream, received); err != nil {
		return fmt.Errorf("stream %d: %w", seed, err)
	}
	if !bytes.Equal(sent, received) {
		return fmt.Errorf("stream %d: the echo differs", seed)
	}
	if err := stream.Close(); err != nil { // our half; the other side's end comes next
		return err
	}
	if rest, err := io.Copy(io.Discard, stream); err != nil || rest != 0 {
		return fmt.Errorf("stream %d: %d bytes after the echo, %v", seed, rest, err)
	}
	return nil
}
