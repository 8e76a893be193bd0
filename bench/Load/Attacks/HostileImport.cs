using System.Security.Cryptography;
using System.Text;
using Google.Protobuf;
using TopicGrpc.Load.Calls;
using TopicGrpc.Shared;
using TopicGrpc.V1;

namespace TopicGrpc.Load.Attacks;

/// <summary>Imports whose files are announced and hashed correctly and whose content is hostile.</summary>
internal static class HostileImport
{
    private const int ChunkBytes = 1 << 20;

    /// <summary>Returns the messages of an import with 5,000,001 zeros as topics, one more than an import may have.</summary>
    public static byte[] ManyTopics() => Messages($$"""{"topics": [{{string.Join(',', Enumerable.Repeat('0', 5_000_001))}}]}""", "{}");

    /// <summary>Returns the messages of an import with one parameter of 60 MB.</summary>
    public static byte[] LargeParameter() => Messages("""{"topics": [0]}""", $$"""{"x": "{{new string('x', 60_000_000)}}"}""");

    /// <summary>Returns the messages of an import with arrays inside arrays.</summary>
    public static byte[] NestedArrays() => Messages(new string('[', 1_000_000), "{}");

    private static byte[] Messages(string topics, string config)
    {
        byte[][] files = [Encoding.ASCII.GetBytes(topics), Encoding.ASCII.GetBytes(config), new byte[16]];
        ImportModelRequest.Types.Header header = new() { Model = "models/attack" };
        using MemoryStream chunks = new();
        foreach ((string name, byte[] bytes) in BertopicFiles.Required.Zip(files))
        {
            header.Files.Add(new ModelFile
            {
                Name = name,
                SizeBytes = bytes.Length,
                Sha256 = Convert.ToHexStringLower(SHA256.HashData(bytes)),
            });
            foreach (byte[] data in bytes.Chunk(ChunkBytes))
            {
                ModelFileChunk chunk = new() { FileName = name, Data = UnsafeByteOperations.UnsafeWrap(data) };
                chunks.Write(RawStream.Frame(new ImportModelRequest { Chunk = chunk }.ToByteArray()));
            }
        }

        return [.. RawStream.Frame(new ImportModelRequest { Header = header }.ToByteArray()), .. chunks.ToArray()];
    }
}
