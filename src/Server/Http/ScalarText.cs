using System.Globalization;
using Google.Protobuf.Reflection;

namespace TopicGrpc.Server.Http;

/// <summary>Rules of scalar values that are given as text: in the path, in the query, and as JSON strings.</summary>
internal static class ScalarText
{
    /// <summary>Returns what is wrong with a value.</summary>
    /// <returns>Null if the field accepts the value.</returns>
    public static string? Problem(FieldDescriptor field, string value) => field.FieldType switch
    {
        FieldType.String => null,
        FieldType.Bool => value is "true" or "false" ? null : "must be true or false",
        FieldType.Int32 or FieldType.SInt32 or FieldType.SFixed32 =>
            int.TryParse(value, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out _) ? null : "must be a 32-bit integer",
        FieldType.UInt32 or FieldType.Fixed32 =>
            uint.TryParse(value, NumberStyles.None, CultureInfo.InvariantCulture, out _) ? null : "must be a 32-bit integer of 0 or more",
        FieldType.Int64 or FieldType.SInt64 or FieldType.SFixed64 =>
            long.TryParse(value, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out _) ? null : "must be a 64-bit integer",
        FieldType.UInt64 or FieldType.Fixed64 =>
            ulong.TryParse(value, NumberStyles.None, CultureInfo.InvariantCulture, out _) ? null : "must be a 64-bit integer of 0 or more",
        FieldType.Float or FieldType.Double =>
            value is "NaN" or "Infinity" or "-Infinity" || double.TryParse(value, NumberStyles.Float, CultureInfo.InvariantCulture, out _)
                ? null
                : "must be a number",
        FieldType.Enum => IsEnum(field.EnumType, value) ? null : $"must be a value of {field.EnumType.Name}",
        FieldType.Bytes => Convert.TryFromBase64String(value, new byte[value.Length], out _) ? null : "must be base64",
        _ => "cannot be given as text",
    };

    private static bool IsEnum(EnumDescriptor type, string value) =>
        type.FindValueByName(value) is not null || int.TryParse(value, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out _);
}
