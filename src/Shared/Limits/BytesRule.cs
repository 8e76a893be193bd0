using System.Globalization;
using Google.Protobuf;
using TopicGrpc.V1;

namespace TopicGrpc.Shared.Limits;

/// <summary>The limits of bytes.</summary>
internal sealed class BytesRule(FieldLimits limits) : ValueRule
{
    /// <summary>Returns the rule of bytes, or null if they have no limits.</summary>
    public static ValueRule? Of(FieldLimits limits) => limits.HasMinBytes || limits.HasMaxBytes ? new BytesRule(limits) : null;

    /// <inheritdoc/>
    public override void Check(object value, CheckState state)
    {
        int length = ((ByteString)value).Length;
        if (limits.HasMaxBytes && length > limits.MaxBytes)
        {
            state.AddTooLarge(limits.MaxBytes, length, "bytes", limits.Content);
        }
        else if (limits.HasMinBytes && length < limits.MinBytes)
        {
            state.Add(string.Create(CultureInfo.InvariantCulture, $"must have at least {limits.MinBytes} bytes, {length} given"));
        }
    }
}
