using System.Globalization;
using System.Text;
using System.Text.Json;

namespace TopicGrpc.Shared;

/// <summary>Says what is wrong in a text that is not JSON: where, and for the usual mistakes why.</summary>
internal static class JsonFault
{
    private static readonly (string Start, string Remedy)[] Mistakes =
    [
        ("NaN", "NaN is not JSON; write null"),
        ("nan", "nan is not JSON; write null"),
        ("Infinity", "Infinity is not JSON; write null or a number"),
        ("inf", "inf is not JSON; write null or a number"),
        ("True", "write true instead of Python's True"),
        ("False", "write false instead of Python's False"),
        ("None", "write null instead of Python's None"),
        ("undefined", "write null instead of undefined"),
        ("'", "names and texts need double quotes"),
        ("“", "names and texts need straight double quotes"),
        ("”", "names and texts need straight double quotes"),
        ("\uFEFF", "a byte order mark is allowed at the start of the file only"),
        ("#", "comments are not allowed here"),
        ("//", "comments are not allowed here"),
    ];

    /// <summary>Returns what is wrong in a text of several lines, such as a settings file.</summary>
    public static string OfText(string json, JsonException fault)
    {
        ReadOnlySpan<byte> bytes = Encoding.UTF8.GetBytes(json);
        return FindRepeatedKey(bytes) is { } repeated
            ? repeated
            : string.Create(
                CultureInfo.InvariantCulture,
                $"not valid JSON near line {(fault.LineNumber ?? 0) + 1}{Remedy(bytes, Offset(bytes, fault))}");
    }

    /// <summary>Returns what is wrong in one line.</summary>
    public static string OfLine(ReadOnlySpan<byte> line, JsonException fault) => string.Create(
        CultureInfo.InvariantCulture,
        $"not valid JSON at byte {(fault.BytePositionInLine ?? 0) + 1}{Remedy(line, (int)(fault.BytePositionInLine ?? 0))}");

    private static string Remedy(ReadOnlySpan<byte> json, int offset)
    {
        if (json[Math.Min(offset, json.Length)..].Trim(" \t\r\n"u8).IsEmpty)
        {
            return ": the value is incomplete";
        }

        // A reader that knows the first letters, as those of nan, stops after them.
        int start = offset;
        while (start > 0 && char.IsAsciiLetter((char)json[start - 1]))
        {
            start--;
        }

        foreach ((string begin, string remedy) in Mistakes)
        {
            if (json[start..].StartsWith(Encoding.UTF8.GetBytes(begin)))
            {
                return ": " + remedy;
            }
        }

        return (char)json[offset] is '}' or ']' && json[..offset].TrimEnd(" \t\r\n"u8).EndsWith(","u8)
            ? ": a comma before it is not allowed"
            : string.Empty;
    }

    private static int Offset(ReadOnlySpan<byte> json, JsonException fault)
    {
        int start = 0;
        for (long line = fault.LineNumber ?? 0; line > 0; line--)
        {
            start += json[start..].IndexOf((byte)'\n') + 1;
        }

        return Math.Min(json.Length, start + (int)(fault.BytePositionInLine ?? 0));
    }

    /// <summary>Finds the first key that an object has twice; the text may be invalid behind it.</summary>
    private static string? FindRepeatedKey(ReadOnlySpan<byte> json)
    {
        Utf8JsonReader reader = new(json, new JsonReaderOptions { AllowTrailingCommas = true, CommentHandling = JsonCommentHandling.Skip });
        Stack<HashSet<string>> objects = new();
        try
        {
            while (reader.Read())
            {
                switch (reader.TokenType)
                {
                    case JsonTokenType.StartObject:
                        objects.Push(new HashSet<string>(StringComparer.Ordinal));
                        break;
                    case JsonTokenType.EndObject:
                        objects.Pop();
                        break;
                    case JsonTokenType.PropertyName when !objects.Peek().Add(reader.GetString()!):
                        int line = json[..(int)reader.TokenStartIndex].Count((byte)'\n') + 1;
                        return string.Create(CultureInfo.InvariantCulture, $"the key \"{reader.GetString()}\" on line {line} occurs twice");
                    default:
                        break;
                }
            }
        }
        catch (Exception invalid) when (invalid is JsonException or InvalidOperationException)
        {
            // The caller reports where the text is invalid.
        }

        return null;
    }
}
