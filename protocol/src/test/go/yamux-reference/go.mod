module dev.skep/yamux-reference

go 1.15

require github.com/hashicorp/yamux v0.1.1
