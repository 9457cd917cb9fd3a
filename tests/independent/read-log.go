// Reads a published log with the packages from which its formats come (golang.org/x/mod/sumdb) and nothing of Sundial's.
// Usage: read-log TREE VKEY-ED25519 SPKI-P256-BASE64. Prints what was checked as JSON; ends with 1 at the first failure.
package main

import (
	"crypto/ecdsa"
	"crypto/sha256"
	"crypto/x509"
	"encoding/base64"
	"encoding/binary"
	"encoding/json"
	"fmt"
	"log"
	"os"
	"path/filepath"
	"strings"

	"golang.org/x/mod/sumdb/note"
	"golang.org/x/mod/sumdb/tlog"
)

// tree is a folder with C2SP tiles: sumdb's paths name the height of a tile, these do not.
type tree string

func (tree) Height() int { return 8 }

func (t tree) ReadTiles(tiles []tlog.Tile) (data [][]byte, err error) {
	for _, tile := range tiles {
		bytes, err := os.ReadFile(filepath.Join(string(t), strings.Replace(tile.Path(), "tile/8/", "tile/", 1)))
		if err != nil {
			return nil, err
		}
		data = append(data, bytes)
	}
	return data, nil
}

func (tree) SaveTiles([]tlog.Tile, [][]byte) {}

// records gives the leaves of the log, each behind its length in the entry bundles.
func (t tree) records(size int64) (records [][]byte) {
	for n := int64(0); n*256 < size; n++ {
		tile := tlog.Tile{H: 8, L: 0, N: n, W: 256}
		if size-n*256 < 256 {
			tile.W = int(size - n*256)
		}
		path := strings.Replace(tile.Path(), "tile/8/0/", "tile/entries/", 1)
		bytes, err := os.ReadFile(filepath.Join(string(t), path))
		must(err, path)
		for len(bytes) > 0 {
			end := 2 + int(binary.BigEndian.Uint16(bytes))
			records = append(records, bytes[2:end])
			bytes = bytes[end:]
		}
	}
	return records
}

// p256 verifies lines of type 0x02, which sumdb leaves to others.
type p256 struct {
	name string
	key  *ecdsa.PublicKey
	hash uint32
}

func newP256(name, spki string) p256 {
	der, err := base64.StdEncoding.DecodeString(spki)
	must(err, "P-256 key")
	key, err := x509.ParsePKIXPublicKey(der)
	must(err, "P-256 key")
	id := sha256.Sum256(der)
	return p256{name, key.(*ecdsa.PublicKey), binary.BigEndian.Uint32(id[:])}
}

func (v p256) Name() string    { return v.name }
func (v p256) KeyHash() uint32 { return v.hash }
func (v p256) Verify(msg, sig []byte) bool {
	digest := sha256.Sum256(msg)
	return ecdsa.VerifyASN1(v.key, digest[:], sig)
}

// open takes a checkpoint apart once both of its lines are good.
func open(text string, known note.Verifiers) tlog.Tree {
	opened, err := note.Open([]byte(text), known)
	must(err, "checkpoint")
	if len(opened.Sigs) != 2 {
		log.Fatalf("checkpoint: %d good lines instead of 2", len(opened.Sigs))
	}
	lines := strings.Split(opened.Text, "\n")
	var head tlog.Tree
	_, err = fmt.Sscan(lines[1], &head.N)
	must(err, "size")
	head.Hash, err = tlog.ParseHash(lines[2])
	must(err, "root")
	return head
}

type bundle struct {
	Checkpoint string
	Leaves     []struct {
		I    int64
		Jws  string
		Path tlog.RecordProof
	}
	Lock struct {
		Size        int64
		Root        tlog.Hash
		Consistency tlog.TreeProof
	}
}

func main() {
	folder := tree(os.Args[1])
	ed25519, err := note.NewVerifier(os.Args[2])
	must(err, "vkey")
	known := note.VerifierList(ed25519, newP256(ed25519.Name(), os.Args[3]))
	text, err := os.ReadFile(filepath.Join(os.Args[1], "checkpoint"))
	must(err, "checkpoint")
	head := open(string(text), known)
	// Hashes come from the tiles alone; whatever a tile says, CheckRecord and CheckTree compare with the signed root.
	reader := tlog.TileHashReader(head, folder)
	records := folder.records(head.N)
	for n, record := range records {
		proof, err := tlog.ProveRecord(head.N, int64(n), reader)
		must(err, "record", n)
		must(tlog.CheckRecord(proof, head.N, head.Hash, int64(n), tlog.RecordHash(record)), "record", n)
	}
	for size := int64(1); size <= head.N; size++ {
		older, err := tlog.TreeHash(size, reader)
		must(err, "tree", size)
		proof, err := tlog.ProveTree(head.N, size, reader)
		must(err, "tree", size)
		must(tlog.CheckTree(proof, head.N, head.Hash, size, older), "tree", size)
	}
	// The other way round: proofs that Sundial made.
	leaves := 0
	paths, err := filepath.Glob(filepath.Join(os.Args[1], "draw", "*", "*.json"))
	must(err, "bundles")
	for _, path := range paths {
		bytes, err := os.ReadFile(path)
		must(err, path)
		var b bundle
		must(json.Unmarshal(bytes, &b), path)
		at := open(b.Checkpoint, known)
		for _, leaf := range b.Leaves {
			must(tlog.CheckRecord(leaf.Path, at.N, at.Hash, leaf.I, tlog.RecordHash([]byte(leaf.Jws))), path, leaf.I)
			leaves++
		}
		must(tlog.CheckTree(b.Lock.Consistency, at.N, at.Hash, b.Lock.Size, b.Lock.Root), path, "lock")
		proof, err := tlog.ProveTree(head.N, at.N, reader)
		must(err, path, "head")
		must(tlog.CheckTree(proof, head.N, head.Hash, at.N, at.Hash), path, "head")
	}
	must(json.NewEncoder(os.Stdout).Encode(map[string]int64{
		"size": head.N, "records": int64(len(records)), "bundles": int64(len(paths)), "bundleLeaves": int64(leaves),
	}), "output")
}

func must(err error, where ...any) {
	if err != nil {
		log.Fatal(fmt.Sprint(where...), ": ", err)
	}
}
