using Google.Protobuf;
using Google.Protobuf.Reflection;
using TopicGrpc.V1;

namespace TopicGrpc.Shared.Limits;

/// <summary>Checks messages against the limits that the contract sets on their fields (<c>limits.proto</c>).</summary>
public static class RequestLimits
{
    /// <summary>Checks a request and everything in it. The call is thread-safe.</summary>
    /// <param name="request">The request, a message of the contract.</param>
    /// <returns>The violations, or null if there are none.</returns>
    public static ViolationList? Check(IMessage request)
    {
        ArgumentNullException.ThrowIfNull(request);
        if (MessageRule.Of(request.Descriptor) is not { HasRules: true } rule)
        {
            return null;
        }

        CheckState state = new();
        rule.Check(request, state);
        return state.Found;
    }

    /// <summary>Checks a message that is a part of a request.</summary>
    /// <param name="part">The message.</param>
    /// <param name="field">Path of the message in the request.</param>
    /// <param name="violations">Receives what is found.</param>
    public static void Check(IMessage part, string field, ViolationList violations)
    {
        ArgumentNullException.ThrowIfNull(part);
        CheckState state = new(violations);
        state.Path.Enter(field);
        MessageRule.Of(part.Descriptor).Check(part, state);
    }

    /// <summary>Checks one value, before there is a message that holds it.</summary>
    /// <param name="field">Field for the value.</param>
    /// <param name="value">The value, of the type of the field.</param>
    /// <returns>The limit and the value, such as <c>must be 2 or more, 1 given</c>; null if the value is within the limits.</returns>
    public static string? Check(FieldDescriptor field, object value)
    {
        CheckState state = new();
        ValueRule.Of(field, Of(field))?.Check(value, state);
        return state.Found?.Items[0].Description;
    }

    /// <summary>Returns the limits of a field.</summary>
    /// <param name="field">The field.</param>
    /// <returns>The limits; without any if the field has none.</returns>
    public static FieldLimits Of(FieldDescriptor field)
    {
        ArgumentNullException.ThrowIfNull(field);
        return field.GetOptions()?.GetExtension(LimitsExtensions.Limits) ?? new FieldLimits();
    }

    /// <summary>Returns the limits of a field.</summary>
    /// <param name="message">The message.</param>
    /// <param name="field">Number of the field.</param>
    /// <returns>The limits; without any if the field has none.</returns>
    public static FieldLimits Of(MessageDescriptor message, int field)
    {
        ArgumentNullException.ThrowIfNull(message);
        return Of(message.FindFieldByNumber(field));
    }
}
