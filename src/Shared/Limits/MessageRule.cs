using System.Collections.Concurrent;
using Google.Protobuf;
using Google.Protobuf.Reflection;
using TopicGrpc.V1;

namespace TopicGrpc.Shared.Limits;

/// <summary>The limits of a message type, read once from its descriptor.</summary>
internal sealed class MessageRule
{
    private static readonly ConcurrentDictionary<MessageDescriptor, MessageRule> Rules = new();

    private readonly FieldRule[] _fields;
    private readonly OneofDescriptor[] _choices;
    private readonly Action<IMessage, CheckState>? _crossField;

    private MessageRule(MessageDescriptor descriptor)
    {
        _crossField = CrossFieldRules.Of(descriptor);
        _choices =
        [
            .. descriptor.Oneofs.Where(static oneof =>
                !oneof.IsSynthetic && oneof.GetOptions()?.GetExtension(LimitsExtensions.ChoiceRequired) == true),
        ];

        // This reads the types of nested messages too; no request type of the contract contains itself.
        _fields = [.. descriptor.Fields.InFieldNumberOrder().Select(FieldRule.Of).OfType<FieldRule>()];
    }

    /// <summary>Whether there is anything to check.</summary>
    public bool HasRules => _choices.Length > 0 || _fields.Length > 0 || _crossField is not null;

    /// <summary>Returns the rule of a message type.</summary>
    public static MessageRule Of(MessageDescriptor descriptor) => Rules.GetOrAdd(descriptor, static type => new MessageRule(type));

    /// <summary>Checks one message.</summary>
    public void Check(IMessage message, CheckState state)
    {
        foreach (FieldRule field in _fields)
        {
            field.Check(message, state);
        }

        foreach (OneofDescriptor choice in _choices)
        {
            if (choice.Accessor.GetCaseFieldDescriptor(message) is null)
            {
                state.Add($"one of {string.Join(", ", choice.Fields.Select(static field => field.Name))} must be set");
            }
        }

        _crossField?.Invoke(message, state);
    }
}
