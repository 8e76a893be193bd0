using System.Security.Cryptography;
using TopicGrpc.Engine.Storage;

namespace TopicGrpc.Engine.Archive;

/// <summary>Compares the files of an archive with its manifest without loading the model.</summary>
public static class ArchiveVerification
{
    private const int BlockBytes = 1 << 20;

    /// <summary>Reads every file once, in blocks of 1 MiB.</summary>
    /// <param name="directory">Folder of a model.</param>
    /// <param name="storage">Storage of the folder.</param>
    /// <param name="report">Receives one sentence for each file that is missing, altered or not in the manifest.</param>
    /// <param name="cancellationToken">Stops between two blocks.</param>
    /// <returns>Bytes that were read.</returns>
    /// <exception cref="IOException">The disk failed.</exception>
    public static long Run(string directory, IFileStorage storage, Action<string> report, CancellationToken cancellationToken)
    {
        ArgumentException.ThrowIfNullOrEmpty(directory);
        ArgumentNullException.ThrowIfNull(storage);
        ArgumentNullException.ThrowIfNull(report);
        ArchiveManifest manifest;
        try
        {
            manifest = ManifestFile.Read(directory, storage);
        }
        catch (InvalidDataException damage)
        {
            report(damage.Message);
            return 0;
        }

        long read = 0;
        HashSet<string> listed = new(StringComparer.Ordinal) { ArchiveNames.Manifest };
        foreach (ArchiveFileEntry entry in manifest.Files)
        {
            listed.Add(entry.Name);
            read += Check(Path.Combine(directory, entry.Name), entry, storage, report, cancellationToken);
        }

        foreach (string name in storage.ListFiles(directory).Select(static path => Path.GetFileName(path)))
        {
            if (!listed.Contains(name))
            {
                report($"{name} is not in the manifest.");
            }
        }

        return read;
    }

    private static long Check(
        string path, ArchiveFileEntry entry, IFileStorage storage, Action<string> report, CancellationToken cancellationToken)
    {
        try
        {
            using IStoredFile file = storage.Open(path, FileMode.Open, FileAccess.Read);
            if (file.Length != entry.Size)
            {
                report(FormattableString.Invariant($"{entry.Name} has {file.Length} bytes; the manifest lists {entry.Size}."));
                return 0;
            }

            string hash = Hash(file, entry.Size, cancellationToken);
            if (!string.Equals(hash, entry.Sha256, StringComparison.OrdinalIgnoreCase))
            {
                report($"{entry.Name} was altered: its SHA-256 differs from the manifest.");
            }

            return entry.Size;
        }
        catch (FileNotFoundException)
        {
            report($"{entry.Name} is missing.");
            return 0;
        }
    }

    private static string Hash(IStoredFile file, long size, CancellationToken cancellationToken)
    {
        using var hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        byte[] block = new byte[(int)Math.Min(BlockBytes, size)];
        for (long position = 0; position < size; position += block.Length)
        {
            cancellationToken.ThrowIfCancellationRequested();
            int count = file.Read(block.AsSpan(0, (int)Math.Min(block.Length, size - position)), position);
            hash.AppendData(block, 0, count);
        }

        return Convert.ToHexStringLower(hash.GetHashAndReset());
    }
}
