using System.Security.Cryptography;
using System.Text;
using TopicGrpc.Engine.Storage;

namespace TopicGrpc.Server.Transfers;

/// <summary>A file of an import or export.</summary>
/// <param name="Name">Name without a folder.</param>
/// <param name="Size">Length in bytes.</param>
/// <param name="Sha256">SHA-256 of its bytes, lower-case hexadecimal.</param>
internal sealed record TransferFile(string Name, long Size, string Sha256)
{
    /// <summary>Lists the files of a folder in the order of their names, with size and hash.</summary>
    public static IReadOnlyList<TransferFile> List(IFileStorage storage, string directory, CancellationToken cancellationToken)
    {
        List<TransferFile> files = [];
        foreach (string path in storage.ListFiles(directory))
        {
            cancellationToken.ThrowIfCancellationRequested();
            using StoredFileStream content = new(storage.Open(path, FileMode.Open, FileAccess.Read), FileAccess.Read);
            string hash = Convert.ToHexStringLower(SHA256.HashData(content));
            files.Add(new TransferFile(Path.GetFileName(path), content.Length, hash));
        }

        return files;
    }

    /// <summary>
    /// Returns one hash of several files, independent of their order: the hash of the lines that <c>sha256sum</c> prints.
    /// </summary>
    public static string Digest(IEnumerable<TransferFile> files)
    {
        StringBuilder lines = new();
        foreach (TransferFile file in files.OrderBy(static file => file.Name, StringComparer.Ordinal))
        {
            lines.Append(file.Sha256).Append("  ").Append(file.Name).Append('\n');
        }

        return Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(lines.ToString())));
    }
}
