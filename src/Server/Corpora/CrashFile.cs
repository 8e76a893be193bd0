using System.Text.Json;
using TopicGrpc.Engine.Storage;
using TopicGrpc.Server.Storage;

namespace TopicGrpc.Server.Corpora;

/// <summary>
/// The file <c>crashes.json</c> of a corpus. An operator may delete it: the texts are then embedded again. Only fits write it, one at a
/// time.
/// </summary>
internal sealed class CrashFile(DataFolder data, string corpusId)
{
    /// <summary>Name of the file in the folder of the corpus.</summary>
    public const string Name = "crashes.json";

    private const long MaxBytes = 16 << 20;

    private readonly string _path = Path.Combine(data.Paths.Corpus(corpusId), Name);

    /// <summary>Reads the record; a missing or unreadable one is empty, and the crashes are counted again from zero.</summary>
    /// <exception cref="IOException">The disk fails.</exception>
    public CrashRecord Read()
    {
        if (!data.Files.FileExists(_path))
        {
            return CrashRecord.Empty;
        }

        try
        {
            return JsonSerializer.Deserialize(data.Files.ReadBytes(_path, MaxBytes), CrashJsonContext.Default.CrashRecord)
                ?? CrashRecord.Empty;
        }
        catch (Exception damage) when (damage is JsonException or InvalidDataException)
        {
            return CrashRecord.Empty;
        }
    }

    /// <summary>Replaces the record; it is durable when the method returns.</summary>
    /// <exception cref="IOException">The disk fails; the former record is unchanged.</exception>
    public void Write(CrashRecord record)
    {
        string staged = _path + ".new";
        using (IStoredFile file = data.Files.Open(staged, FileMode.Create, FileAccess.Write))
        {
            file.Write(JsonSerializer.SerializeToUtf8Bytes(record, CrashJsonContext.Default.CrashRecord), 0);
            file.Flush();
        }

        data.Files.ReplaceFile(staged, _path);
    }
}
