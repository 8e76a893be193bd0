using System.Collections.Frozen;
using System.Globalization;
using System.Text.Json;
using System.Text.Unicode;
using Google.Protobuf;
using Google.Protobuf.Reflection;
using Google.Protobuf.WellKnownTypes;
using TopicGrpc.Server.Errors;
using TopicGrpc.Shared;
using TopicGrpc.Shared.Limits;
using TopicGrpc.V1;

namespace TopicGrpc.Server.Http;

/// <summary>
/// Checks a JSON body against the message that it must be. The transcoder ignores unknown fields and reports a value of a wrong type
/// without its field, so this check runs before it. It also rejects lists that are longer than the contract allows, before each element
/// becomes an object. Limits of values are checked later, as for gRPC.
/// </summary>
internal ref struct JsonBodyCheck
{
    private readonly FrozenDictionary<string, FieldDescriptor> _pathFields;
    private readonly ViolationList _violations = new();
    private Utf8JsonReader _json;

    private JsonBodyCheck(ReadOnlySpan<byte> body, FrozenDictionary<string, FieldDescriptor> pathFields)
    {
        _json = new Utf8JsonReader(body);
        _pathFields = pathFields;
    }

    /// <summary>Checks a body.</summary>
    /// <param name="body">The body, UTF-8.</param>
    /// <param name="message">The message that it must be.</param>
    /// <param name="name">What the error calls the body.</param>
    /// <param name="pathFields">Fields that must not be in the body.</param>
    /// <exception cref="ServiceException">The body is malformed, or names every field that is wrong.</exception>
    public static void Check(
        ReadOnlySpan<byte> body,
        MessageDescriptor message,
        string name,
        FrozenDictionary<string, FieldDescriptor> pathFields)
    {
        JsonBodyCheck check = new(body, pathFields);
        try
        {
            check.Run(message);
        }
        catch (JsonException malformed)
        {
            throw CallFault.JsonMalformed(name, (malformed.LineNumber ?? 0) + 1, malformed.BytePositionInLine ?? 0);
        }

        Fault.ThrowIfAny(check._violations);
    }

    private void Run(MessageDescriptor message)
    {
        _json.Read();
        if (_json.TokenType == JsonTokenType.StartObject)
        {
            CheckMessage(message, string.Empty);
        }
        else
        {
            _violations.Add("body", "must be a JSON object");
            _json.Skip();
        }

        // Reports what follows the object.
        _json.Read();
    }

    private void CheckMessage(MessageDescriptor message, string path)
    {
        HashSet<int> seen = [];
        HashSet<string> choices = [];
        while (_json.Read() && _json.TokenType == JsonTokenType.PropertyName)
        {
            string? name = ReadText();
            FieldDescriptor? field = name is null ? null : MessageFields.Find(message, name);
            string fieldPath = Join(path, field?.Name ?? ViolationList.Quote(name ?? string.Empty));
            _json.Read();
            if (field is null)
            {
                _violations.Add(fieldPath, $"is not a field of {message.Name}");
                _json.Skip();
                continue;
            }

            if (!seen.Add(field.FieldNumber))
            {
                _violations.Add(fieldPath, "is given twice");
            }

            if (_json.TokenType != JsonTokenType.Null && field.RealContainingOneof is { } oneof && !choices.Add(oneof.Name))
            {
                _violations.Add(fieldPath, $"only one field of '{oneof.Name}' may be set");
            }

            if (_pathFields.ContainsKey(fieldPath))
            {
                _violations.Add(fieldPath, "is set by the path of the URL and must not be in the body");
            }

            CheckField(field, fieldPath);
        }
    }

    private void CheckField(FieldDescriptor field, string path)
    {
        if (_json.TokenType == JsonTokenType.Null)
        {
            return;
        }

        if (field.IsMap)
        {
            CheckMap(field, path);
        }
        else if (field.IsRepeated)
        {
            CheckList(field, path);
        }
        else
        {
            CheckValue(field, path);
        }
    }

    private void CheckList(FieldDescriptor field, string path)
    {
        if (_json.TokenType != JsonTokenType.StartArray)
        {
            Mismatch(path, "must be a JSON array");
            return;
        }

        FieldLimits limits = RequestLimits.Of(field);
        long most = limits.HasMaxItems ? limits.MaxItems : long.MaxValue;
        long count = 0;
        for (; _json.Read() && _json.TokenType != JsonTokenType.EndArray; count++)
        {
            if (count >= most)
            {
                _json.Skip();
                continue;
            }

            // Most elements are numbers of an embedding: no path is made for them.
            if (_json.TokenType != JsonTokenType.Number || field.FieldType is not (FieldType.Float or FieldType.Double))
            {
                CheckValue(field, string.Create(CultureInfo.InvariantCulture, $"{path}[{count}]"));
            }
        }

        if (count > most)
        {
            // Before the transcoder makes an object of each element.
            _violations.Add(new Violation(path, string.Create(CultureInfo.InvariantCulture, $"at most {most} elements, {count} given"))
            {
                Reason = limits.Content ? ErrorReasons.InputTooLarge : ErrorReasons.InvalidField,
                Limit = most,
                Actual = count,
            });
        }
    }

    private void CheckMap(FieldDescriptor field, string path)
    {
        if (_json.TokenType != JsonTokenType.StartObject)
        {
            Mismatch(path, "must be a JSON object");
            return;
        }

        FieldDescriptor key = field.MessageType.FindFieldByNumber(1);
        FieldDescriptor value = field.MessageType.FindFieldByNumber(2);
        while (_json.Read() && _json.TokenType == JsonTokenType.PropertyName)
        {
            string? name = ReadText();
            string entry = $"{path}[{ViolationList.Quote(name ?? string.Empty)}]";
            if ((name is null ? "must be valid UTF-8" : ScalarText.Problem(key, name)) is { } problem)
            {
                _violations.Add(entry, "the key " + problem);
            }

            _json.Read();
            CheckValue(value, entry);
        }
    }

    private void CheckValue(FieldDescriptor field, string path)
    {
        switch (field.FieldType)
        {
            case FieldType.Message:
                CheckNested(field.MessageType, path);
                break;
            case FieldType.String:
                CheckString(path);
                break;
            case FieldType.Bool:
                Require(_json.TokenType is JsonTokenType.True or JsonTokenType.False, path, "must be true or false");
                break;
            case FieldType.Bytes:
                bool isBase64 = _json.TokenType == JsonTokenType.String && _json.TryGetBytesFromBase64(out _);
                Require(isBase64, path, "must be base64 in a JSON string");
                break;
            case FieldType.Enum:
                Require(IsEnum(field), path, $"must be a value of {field.EnumType.Name}");
                break;
            default:
                CheckNumber(field, path);
                break;
        }
    }

    private void CheckNested(MessageDescriptor message, string path)
    {
        if (message.File.Package == "google.protobuf")
        {
            CheckWellKnown(message, path);
        }
        else if (_json.TokenType == JsonTokenType.StartObject)
        {
            CheckMessage(message, path);
        }
        else
        {
            Mismatch(path, "must be a JSON object");
        }
    }

    private void CheckWellKnown(MessageDescriptor message, string path)
    {
        string? text = _json.TokenType == JsonTokenType.String ? ReadText() : null;
        if (message == Timestamp.Descriptor)
        {
            Require(text is not null && Parses<Timestamp>(text), path, "must be a time such as 2026-01-31T12:00:00Z");
        }
        else if (message == Duration.Descriptor)
        {
            Require(text is not null && Parses<Duration>(text), path, "must be a duration in seconds such as 1.5s");
        }
        else
        {
            // Other types of this package have no unknown fields, or allow every field.
            _json.Skip();
        }
    }

    private void CheckString(string path)
    {
        if (_json.TokenType != JsonTokenType.String)
        {
            Mismatch(path, "must be a JSON string");
        }
        else if (_json.ValueIsEscaped ? ReadText() is null : !Utf8.IsValid(_json.ValueSpan))
        {
            _violations.Add(path, "must be valid UTF-8, without unpaired surrogates");
        }
    }

    private void CheckNumber(FieldDescriptor field, string path)
    {
        if (_json.TokenType is not (JsonTokenType.Number or JsonTokenType.String))
        {
            Mismatch(path, ScalarText.Problem(field, string.Empty)!);
            return;
        }

        string? text = _json.TokenType == JsonTokenType.String
            ? ReadText()
            : System.Text.Encoding.ASCII.GetString(_json.ValueSpan);
        if (ScalarText.Problem(field, text ?? string.Empty) is { } problem)
        {
            _violations.Add(path, problem);
        }
    }

    private readonly bool IsEnum(FieldDescriptor field) => _json.TokenType switch
    {
        JsonTokenType.Number => _json.TryGetInt32(out _),
        JsonTokenType.String => ReadText() is { } name && field.EnumType.FindValueByName(name) is not null,
        _ => false,
    };

    private void Require(bool isValid, string path, string description)
    {
        if (!isValid)
        {
            Mismatch(path, description);
        }
    }

    private void Mismatch(string path, string description)
    {
        _violations.Add(path, description);
        _json.Skip();
    }

    /// <summary>Returns the string or property name under the reader.</summary>
    /// <returns>Null if it is not valid UTF-16 or UTF-8.</returns>
    private readonly string? ReadText()
    {
        try
        {
            return _json.GetString();
        }
        catch (InvalidOperationException)
        {
            return null;
        }
    }

    private static bool Parses<T>(string text)
        where T : IMessage<T>, new()
    {
        try
        {
            JsonParser.Default.Parse<T>(JsonSerializer.Serialize(text));
            return true;
        }
        catch (InvalidProtocolBufferException)
        {
            return false;
        }
    }

    private static string Join(string path, string name) => path.Length == 0 ? name : $"{path}.{name}";
}
