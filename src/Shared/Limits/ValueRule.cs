using Google.Protobuf.Reflection;
using TopicGrpc.V1;

namespace TopicGrpc.Shared.Limits;

/// <summary>The limits of a single value.</summary>
internal abstract class ValueRule
{
    /// <summary>Returns the rule of the values of a field, or null if they have none.</summary>
    /// <param name="field">The field; its values are single, or the elements of a list.</param>
    /// <param name="limits">Limits of the values; null for none.</param>
    public static ValueRule? Of(FieldDescriptor field, FieldLimits? limits) => field.FieldType switch
    {
        FieldType.Message => WellKnownTypeRule.Of(field.MessageType) ?? NestedRule.Of(field.MessageType),
        FieldType.String => limits is null ? null : StringRule.Of(limits),
        FieldType.Bytes => limits is null ? null : BytesRule.Of(limits),
        FieldType.Enum => limits is { Defined: true } ? new EnumRule(field.EnumType) : null,
        FieldType.Bool => null,
        _ => limits is { HasMin: false, HasAbove: false, HasMax: false } or null ? null : new NumberRule(limits),
    };

    /// <summary>Checks a value.</summary>
    public abstract void Check(object value, CheckState state);
}
