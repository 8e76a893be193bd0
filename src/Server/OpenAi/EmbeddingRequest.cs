using System.Text.Json;
using TopicGrpc.Engine.Embeddings;
using TopicGrpc.Server.Errors;
using TopicGrpc.Server.Predicting;
using TopicGrpc.Shared.Limits;

namespace TopicGrpc.Server.OpenAi;

/// <summary>A request of <c>POST /v1/embeddings</c>.</summary>
/// <param name="Texts">The texts to embed.</param>
/// <param name="IsBase64">Whether the embeddings are returned as base64 of little-endian 32-bit floats.</param>
internal sealed record EmbeddingRequest(IReadOnlyList<string> Texts, bool IsBase64)
{
    /// <summary>Reads a request.</summary>
    /// <exception cref="ServiceException">Names every field that is missing, unknown or wrong.</exception>
    public static EmbeddingRequest Parse(byte[] body, EmbedderInfo encoder)
    {
        try
        {
            using var document = JsonDocument.Parse(body);
            return Parse(document.RootElement, encoder);
        }
        catch (JsonException malformed)
        {
            throw CallFault.JsonMalformed("CreateEmbedding", (malformed.LineNumber ?? 0) + 1, malformed.BytePositionInLine ?? 0);
        }
    }

    private static EmbeddingRequest Parse(JsonElement root, EmbedderInfo encoder)
    {
        if (root.ValueKind != JsonValueKind.Object)
        {
            throw Fault.InvalidField("body", "must be a JSON object");
        }

        ViolationList violations = new();
        List<string>? texts = null;
        bool hasModel = false;
        bool isBase64 = false;
        foreach (JsonProperty property in root.EnumerateObject())
        {
            switch (property.Name)
            {
                case "model":
                    hasModel = true;
                    CheckModel(property.Value, encoder, violations);
                    break;
                case "input":
                    texts = ReadTexts(property.Value, violations);
                    break;
                case "encoding_format":
                    isBase64 = Format(property.Value, violations);
                    break;
                case "dimensions":
                    CheckDimensions(property.Value, encoder, violations);
                    break;
                case "user":
                    Require(property.Value.ValueKind is JsonValueKind.String or JsonValueKind.Null, "user", "must be a string", violations);
                    break;
                default:
                    violations.Add(ViolationList.Quote(property.Name), "is not a field of this request");
                    break;
            }
        }

        Require(hasModel, "model", $"is missing; the encoder of this server is '{encoder.Name}'", violations);
        Require(texts is not null, "input", "is missing", violations);
        Fault.ThrowIfAny(violations);
        return new EmbeddingRequest(texts!, isBase64);
    }

    private static void CheckModel(JsonElement value, EmbedderInfo encoder, ViolationList violations)
    {
        string? name = StringOf(value);
        Require(
            name == encoder.Name,
            "model",
            $"must be '{encoder.Name}', the encoder of this server{(name is null ? string.Empty : ", not " + ViolationList.Quote(name))}",
            violations);
    }

    private static bool Format(JsonElement value, ViolationList violations)
    {
        string? format = StringOf(value);
        bool isKnown = format is "float" or "base64" || value.ValueKind == JsonValueKind.Null;
        Require(isKnown, "encoding_format", "must be 'float' or 'base64'", violations);
        return format == "base64";
    }

    private static void CheckDimensions(JsonElement value, EmbedderInfo encoder, ViolationList violations) =>
        Require(
            value.ValueKind == JsonValueKind.Null
                || (value.ValueKind == JsonValueKind.Number && value.TryGetInt32(out int dimensions) && dimensions == encoder.Dimension),
            "dimensions",
            $"must be {encoder.Dimension}, the dimension of the encoder; embeddings cannot be shortened",
            violations);

    private static List<string> ReadTexts(JsonElement value, ViolationList violations)
    {
        List<string> texts = [];
        if (value.ValueKind == JsonValueKind.Array)
        {
            int count = value.GetArrayLength();
            Require(count > 0, "input", "must have at least 1 text", violations);
            if (count > TextRules.MaxBatchTexts && value[0].ValueKind == JsonValueKind.String)
            {
                violations.Add("input", $"must have at most {TextRules.MaxBatchTexts} texts, not {count}");
                return texts;
            }

            for (int i = 0; i < count; i++)
            {
                if (IsTokens(value[i]))
                {
                    violations.Add("input", "must be text: token ids are not accepted");
                    return texts;
                }

                Add(value[i], $"input[{i}]", texts, violations);
            }
        }
        else
        {
            Add(value, "input", texts, violations);
        }

        return texts;
    }

    private static bool IsTokens(JsonElement value) => value.ValueKind is JsonValueKind.Number or JsonValueKind.Array;

    private static void Add(JsonElement value, string field, List<string> texts, ViolationList violations)
    {
        if (StringOf(value) is not { } text)
        {
            violations.Add(field, "must be a string of valid Unicode");
        }
        else if (TextRules.Violation(text, field) is { } fault)
        {
            violations.Add(fault.Violations[0]);
        }
        else
        {
            texts.Add(text);
        }
    }

    /// <summary>Returns a string value.</summary>
    /// <returns>Null for another value, and for a string with invalid UTF-8 or an unpaired surrogate.</returns>
    private static string? StringOf(JsonElement value)
    {
        try
        {
            return value.ValueKind == JsonValueKind.String ? value.GetString() : null;
        }
        catch (InvalidOperationException)
        {
            return null;
        }
    }

    private static void Require(bool isValid, string field, string description, ViolationList violations)
    {
        if (!isValid)
        {
            violations.Add(field, description);
        }
    }
}
