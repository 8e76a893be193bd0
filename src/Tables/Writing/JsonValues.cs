using System.Text.Json;
using TopicGrpc.Tables.Values;

namespace TopicGrpc.Tables.Writing;

/// <summary>Values as JSON.</summary>
internal static class JsonValues
{
    public static void Write(Utf8JsonWriter json, TableValue value)
    {
        switch (value.Kind)
        {
            case ColumnKind.Integer:
                json.WriteNumberValue(value.AsInteger);
                break;
            case ColumnKind.Number when double.IsFinite(value.AsNumber):
                json.WriteNumberValue(value.AsNumber);
                break;
            case ColumnKind.Boolean:
                json.WriteBooleanValue(value.AsBoolean);
                break;
            case ColumnKind.Text or ColumnKind.Time:
                json.WriteStringValue(value.ToAttribute());
                break;
            case ColumnKind.Vector:
                json.WriteStartArray();
                foreach (float number in value.AsVector)
                {
                    if (float.IsFinite(number))
                    {
                        json.WriteNumberValue(number);
                    }
                    else
                    {
                        json.WriteNullValue();
                    }
                }

                json.WriteEndArray();
                break;
            case ColumnKind.Texts:
                json.WriteStartArray();
                foreach (string text in value.AsTexts)
                {
                    json.WriteStringValue(text);
                }

                json.WriteEndArray();
                break;
            default:
                json.WriteNullValue();
                break;
        }
    }
}
