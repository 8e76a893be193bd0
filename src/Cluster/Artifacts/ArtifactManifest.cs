using System.Collections.Immutable;
using System.Text;
using System.Text.Json;
using TopicGrpc.Cluster.ObjectStore;

namespace TopicGrpc.Cluster.Artifacts;

/// <summary>The files of one artifact, such as the archive of a version. It is itself an object, written after all its files.</summary>
/// <param name="Files">The files in ordinal order of their names.</param>
internal sealed record ArtifactManifest(ImmutableArray<ArtifactFile> Files)
{
    /// <summary>Format of the JSON that this build writes and reads.</summary>
    public const int CurrentFormat = 1;

    /// <summary>Longest manifest in bytes: 64 MiB, the hashes of about 900 GiB.</summary>
    public const int MaxBytes = 64 << 20;

    /// <summary>Most files of an artifact.</summary>
    public const int MaxFiles = 10_000;

    /// <summary>Bytes of all files.</summary>
    public long Length => Files.Sum(static file => file.Content.Length);

    /// <summary>Writes the manifest as JSON; equal manifests give equal bytes.</summary>
    /// <returns>The JSON in UTF-8.</returns>
    public byte[] Serialize()
    {
        using MemoryStream stream = new();
        using (Utf8JsonWriter writer = new(stream))
        {
            writer.WriteStartObject();
            writer.WriteNumber("format", CurrentFormat);
            writer.WriteStartArray("files");
            foreach (ArtifactFile file in Files)
            {
                writer.WriteStartObject();
                writer.WriteString("name", file.Name);
                writer.WriteString("key", file.Key);
                writer.WriteString("sha256", file.Content.Sha256);
                writer.WriteNumber("length", file.Content.Length);
                writer.WriteStartArray("blocks");
                foreach (string block in file.Content.Blocks)
                {
                    writer.WriteStringValue(block);
                }

                writer.WriteEndArray();
                writer.WriteEndObject();
            }

            writer.WriteEndArray();
            writer.WriteEndObject();
        }

        return stream.ToArray();
    }

    /// <summary>Reads and checks a manifest.</summary>
    /// <param name="json">The JSON.</param>
    /// <returns>The manifest.</returns>
    /// <exception cref="InvalidDataException">The JSON is no manifest that this build reads; the message names the cause.</exception>
    public static ArtifactManifest Parse(ReadOnlyMemory<byte> json)
    {
        try
        {
            using var document = JsonDocument.Parse(json);
            JsonElement root = document.RootElement;
            int format = root.GetProperty("format").GetInt32();
            if (format != CurrentFormat)
            {
                throw new InvalidDataException(
                    $"The manifest has format {format}; this build reads format {CurrentFormat}. Update this member.");
            }

            ArtifactManifest manifest = new([.. root.GetProperty("files").EnumerateArray().Select(ReadFile)]);
            manifest.Check();
            return manifest;
        }
        catch (Exception failure) when (failure is JsonException or KeyNotFoundException or InvalidOperationException
            or FormatException or ArgumentException)
        {
            throw new InvalidDataException($"The manifest cannot be read: {failure.Message}", failure);
        }
    }

    private static ArtifactFile ReadFile(JsonElement file) => new(
        file.GetProperty("name").GetString()!,
        ObjectKeys.Check(file.GetProperty("key").GetString()!),
        new ContentDescriptor(
            file.GetProperty("sha256").GetString()!,
            file.GetProperty("length").GetInt64(),
            [.. file.GetProperty("blocks").EnumerateArray().Select(static block => block.GetString()!)]));

    private void Check()
    {
        if (Files.Length > MaxFiles)
        {
            throw new InvalidDataException($"The manifest lists {Files.Length} files; the limit is {MaxFiles}.");
        }

        HashSet<string> names = new(StringComparer.Ordinal);
        foreach (ArtifactFile file in Files)
        {
            // A name is used as a path below a folder of this member.
            if (string.IsNullOrEmpty(file.Name) || file.Name is "." or ".." || Encoding.UTF8.GetByteCount(file.Name) > 200
                || file.Name.AsSpan().ContainsAny("/\\:\0") || !names.Add(file.Name))
            {
                throw new InvalidDataException($"The manifest lists the file name '{file.Name}', which is invalid or not unique.");
            }

            file.Content.Check();
        }
    }
}
