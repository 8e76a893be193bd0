using System.Security.Cryptography;

namespace TopicGrpc.Client.Maintenance;

/// <summary>Blocks by their SHA-256, one file each. A block appears complete or not at all.</summary>
internal sealed class BlockStore(string directory)
{
    private readonly string _blocks = Path.Combine(directory, "blocks");

    /// <summary>Whether a block is stored. Its content is not read.</summary>
    public bool Has(string hash) => File.Exists(PathOf(hash));

    /// <summary>Stores a block durably.</summary>
    public void Add(string hash, ReadOnlySpan<byte> content)
    {
        string path = PathOf(hash);
        Directory.CreateDirectory(Path.GetDirectoryName(path)!);
        string partial = $"{path}.{Guid.NewGuid():N}.partial";
        try
        {
            DurableFile.Write(partial, content);
            File.Move(partial, path, overwrite: true);
        }
        catch
        {
            File.Delete(partial);
            throw;
        }
    }

    /// <summary>Reads a block and compares its content with its hash.</summary>
    /// <exception cref="InvalidDataException">The block is missing or damaged.</exception>
    public byte[] Read(string hash)
    {
        string path = PathOf(hash);
        if (!File.Exists(path))
        {
            throw new InvalidDataException($"The block {hash} is missing from the backup folder '{directory}'.");
        }

        byte[] content = File.ReadAllBytes(path);
        return Convert.ToHexStringLower(SHA256.HashData(content)) == hash
            ? content
            : throw new InvalidDataException(
                $"The block '{path}' is damaged: its SHA-256 differs from its name. Delete it and back up again.");
    }

    /// <summary>Deletes all blocks except those given, and files that an interrupted backup left.</summary>
    /// <returns>Number of deleted files.</returns>
    public int Keep(IReadOnlySet<string> hashes)
    {
        int deleted = 0;
        if (Directory.Exists(_blocks))
        {
            foreach (string path in Directory.EnumerateFiles(_blocks, "*", SearchOption.AllDirectories))
            {
                if (!hashes.Contains(Path.GetFileName(path)))
                {
                    File.Delete(path);
                    deleted++;
                }
            }
        }

        return deleted;
    }

    private string PathOf(string hash) => Path.Combine(_blocks, hash[..2], hash);
}
