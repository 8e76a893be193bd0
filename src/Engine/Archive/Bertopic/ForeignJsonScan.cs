using System.Text.Json;

namespace TopicGrpc.Engine.Archive.Bertopic;

/// <summary>Result of the first reading of a JSON file, which validates all of it and finds the members of its object.</summary>
/// <param name="Root">The value without the white space around it.</param>
/// <param name="Members">Value of each member by name; null if the file is no object.</param>
internal sealed record ForeignJsonScan(ReadOnlyMemory<byte> Root, IReadOnlyDictionary<string, ReadOnlyMemory<byte>>? Members)
{
    private const int MaxTokens = 5_000_000;

    // BERTopic writes fewer than 20. The names are kept while the file is in use.
    private const int MaxMembers = 1000;
    private const int MaxNameBytes = 1024;

    /// <summary>Reads a file.</summary>
    /// <exception cref="JsonException">The text is not valid JSON.</exception>
    /// <exception cref="InvalidDataException">The file has too many values or fields, or a name that is not valid.</exception>
    public static ForeignJsonScan Run(string file, ReadOnlyMemory<byte> content)
    {
        Utf8JsonReader reader = new(content.Span);
        Dictionary<string, ReadOnlyMemory<byte>> members = new(StringComparer.Ordinal);
        int root = -1;
        int end = 0;
        bool isObject = false;
        string? name = null;
        int start = 0;
        for (int tokens = 0; reader.Read(); tokens++)
        {
            if (tokens == MaxTokens)
            {
                throw new InvalidDataException($"{file} has more than {MaxTokens} values, the limit of a JSON file.");
            }

            if (root < 0)
            {
                root = (int)reader.TokenStartIndex;
                isObject = reader.TokenType == JsonTokenType.StartObject;
            }

            end = (int)reader.BytesConsumed;
            if (!isObject || reader.CurrentDepth != 1)
            {
                continue;
            }

            if (reader.TokenType == JsonTokenType.PropertyName)
            {
                name = NameOf(file, in reader);
                start = -1;
                continue;
            }

            // A value starts here, or the object or list that started before ends here.
            start = start < 0 ? (int)reader.TokenStartIndex : start;
            if (reader.TokenType is not (JsonTokenType.StartObject or JsonTokenType.StartArray))
            {
                members[name!] = content[start..end];
                RequireFew(file, members.Count);
            }
        }

        return new ForeignJsonScan(content[Math.Max(root, 0)..end], isObject ? members : null);
    }

    private static string NameOf(string file, in Utf8JsonReader reader)
    {
        if (reader.ValueSpan.Length > MaxNameBytes)
        {
            throw new InvalidDataException($"{file}: the name of a field must have at most {MaxNameBytes} bytes.");
        }

        try
        {
            return reader.GetString()!;
        }
        catch (InvalidOperationException)
        {
            throw new InvalidDataException($"{file}: the name of a field must be valid Unicode text.");
        }
    }

    private static void RequireFew(string file, int members)
    {
        if (members > MaxMembers)
        {
            throw new InvalidDataException($"{file} has more than {MaxMembers} fields, the limit of a JSON file.");
        }
    }
}
