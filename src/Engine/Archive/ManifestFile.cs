using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using TopicGrpc.Engine.Storage;

namespace TopicGrpc.Engine.Archive;

/// <summary>Reads and writes <c>manifest.json</c>, which contains the hashes of all files and of itself.</summary>
internal static class ManifestFile
{
    /// <summary>
    /// Limit that prevents reading a foreign file into memory. The settings may contain 1,000,000 terms, about 20 MB of JSON, and a derived
    /// model also contains its operation.
    /// </summary>
    private const int MostBytes = 256 << 20;

    private static readonly string NoDigest = new('0', SHA256.HashSizeInBytes * 2);

    /// <summary>Writes the manifest with its digest.</summary>
    public static void Write(string directory, ArchiveManifest manifest, IFileStorage storage)
    {
        byte[] content = JsonSerializer.SerializeToUtf8Bytes(manifest with { Digest = NoDigest }, ArchiveJson.ArchiveManifest);
        string digest = Convert.ToHexStringLower(SHA256.HashData(content));
        Encoding.ASCII.GetBytes(digest).CopyTo(content, content.AsSpan().LastIndexOf(Encoding.ASCII.GetBytes(NoDigest)));
        storage.WriteNew(Path.Combine(directory, ArchiveNames.Manifest), content);
    }

    /// <exception cref="InvalidDataException">The manifest is missing, damaged or of another format.</exception>
    public static ArchiveManifest Read(string directory, IFileStorage storage)
    {
        byte[] content = ReadBytes(directory, storage);
        CheckFormat(content);
        ArchiveManifest manifest = Parse(content);
        CheckDigest(content, manifest.Digest);
        foreach (ArchiveFileEntry file in manifest.Files)
        {
            if (file.Name.Length == 0 || file.Name != Path.GetFileName(file.Name) || file.Name is "." or ".." || file.Size < 0)
            {
                throw new InvalidDataException($"{ArchiveNames.Manifest} lists '{file.Name}', which is not a file of the folder.");
            }
        }

        return manifest;
    }

    private static byte[] ReadBytes(string directory, IFileStorage storage)
    {
        string path = Path.Combine(directory, ArchiveNames.Manifest);
        return storage.FileExists(path)
            ? storage.ReadBytes(path, MostBytes)
            : throw new InvalidDataException(
                $"{ArchiveNames.Manifest} is missing: the folder is not a model archive, or its writer did not finish.");
    }

    /// <summary>Checks the format number first, because the rest of another format may not parse.</summary>
    private static void CheckFormat(byte[] content)
    {
        int format;
        try
        {
            using var json = JsonDocument.Parse(content);
            format = json.RootElement.GetProperty(nameof(ArchiveManifest.Format)).GetInt32();
        }
        catch (Exception error) when (error is JsonException or KeyNotFoundException or InvalidOperationException or FormatException)
        {
            throw new InvalidDataException($"{ArchiveNames.Manifest} is damaged: {error.Message}", error);
        }

        if (format != ArchiveManifest.CurrentFormat)
        {
            throw new InvalidDataException(
                $"{ArchiveNames.Manifest} has format {format}; this build reads format {ArchiveManifest.CurrentFormat}. Use the release "
                + "that wrote it, or fit again.");
        }
    }

    private static ArchiveManifest Parse(byte[] content)
    {
        try
        {
            return JsonSerializer.Deserialize(content, ArchiveJson.ArchiveManifest)
                ?? throw new InvalidDataException($"{ArchiveNames.Manifest} is damaged: it is empty.");
        }
        catch (JsonException error)
        {
            throw new InvalidDataException($"{ArchiveNames.Manifest} is damaged: {error.Message}", error);
        }
    }

    private static void CheckDigest(byte[] content, string digest)
    {
        int position = digest.Length == NoDigest.Length ? content.AsSpan().LastIndexOf(Encoding.ASCII.GetBytes(digest)) : -1;
        if (position >= 0)
        {
            Encoding.ASCII.GetBytes(NoDigest).CopyTo(content, position);
        }

        if (position < 0 || Convert.ToHexStringLower(SHA256.HashData(content)) != digest)
        {
            throw new InvalidDataException($"{ArchiveNames.Manifest} was altered: its SHA-256 differs from its digest.");
        }
    }
}
