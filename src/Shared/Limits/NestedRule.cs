using Google.Protobuf;
using Google.Protobuf.Reflection;

namespace TopicGrpc.Shared.Limits;

/// <summary>The limits of a message inside a message.</summary>
internal sealed class NestedRule(MessageRule rule) : ValueRule
{
    /// <summary>Returns the rule of a message type, or null if nothing in it has limits.</summary>
    public static ValueRule? Of(MessageDescriptor type)
    {
        var rule = MessageRule.Of(type);
        return rule.HasRules ? new NestedRule(rule) : null;
    }

    /// <inheritdoc/>
    public override void Check(object value, CheckState state) => rule.Check((IMessage)value, state);
}
