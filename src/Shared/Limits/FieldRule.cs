using System.Collections;
using System.Globalization;
using Google.Protobuf;
using Google.Protobuf.Reflection;
using TopicGrpc.V1;

namespace TopicGrpc.Shared.Limits;

/// <summary>The limits of one field: presence and number of elements here, the values in <see cref="ValueRule"/>.</summary>
internal sealed class FieldRule
{
    private readonly FieldDescriptor _field;
    private readonly FieldLimits _limits;
    private readonly ValueRule? _value;
    private readonly ValueRule? _key;

    private FieldRule(FieldDescriptor field, FieldLimits limits)
    {
        _field = field;
        _limits = limits;
        if (limits.CheckedApart)
        {
            return;
        }

        if (field.IsMap)
        {
            _key = ValueRule.Of(field.MessageType.FindFieldByNumber(1), limits.Keys);
            _value = ValueRule.Of(field.MessageType.FindFieldByNumber(2), limits.Items);
        }
        else
        {
            _value = ValueRule.Of(field, field.IsRepeated ? limits.Items : limits);
        }
    }

    /// <summary>Returns the rule of a field, or null if it has none.</summary>
    public static FieldRule? Of(FieldDescriptor field)
    {
        FieldLimits? limits = field.GetOptions()?.GetExtension(LimitsExtensions.Limits);
        FieldRule rule = new(field, limits ?? new FieldLimits());
        return limits is null && rule._value is null && rule._key is null ? null : rule;
    }

    /// <summary>Checks the field of one message.</summary>
    public void Check(IMessage message, CheckState state)
    {
        state.Path.Enter(_field.Name);
        if (_field.IsRepeated)
        {
            CheckElements(_field.Accessor.GetValue(message), state);
        }
        else if (!_field.HasPresence || _field.Accessor.HasValue(message))
        {
            CheckSingle(_field.Accessor.GetValue(message), state);
        }
        else if (_limits.Required)
        {
            state.Add("must be set");
        }

        state.Path.Leave();
    }

    private void CheckSingle(object value, CheckState state)
    {
        if (!_field.HasPresence && value is string { Length: 0 })
        {
            CheckEmpty(state);
        }
        else if (_limits.Required && _field.FieldType == FieldType.Enum && (int)value == 0)
        {
            state.Add("must be set");
        }
        else
        {
            _value?.Check(value, state);
        }
    }

    private void CheckEmpty(CheckState state)
    {
        if (!_limits.Required)
        {
            return;
        }

        if (_limits.NotBlank)
        {
            state.AddBlank(_limits.Content);
        }
        else if (_limits.Pattern.Length > 0)
        {
            state.Add($"must match {_limits.Pattern}");
        }
        else
        {
            state.Add("must not be empty");
        }
    }

    private void CheckElements(object value, CheckState state)
    {
        int count = ((ICollection)value).Count;
        if (_limits.HasMinItems && count < _limits.MinItems)
        {
            state.Add(string.Create(CultureInfo.InvariantCulture, $"must hold at least {_limits.MinItems}, {count} given"));
        }

        if (_limits.HasMaxItems && count > _limits.MaxItems)
        {
            // The elements of a list that is too long are not looked at: the work stays bounded.
            state.AddTooLarge(_limits.MaxItems, count, "elements", _limits.Content);
            return;
        }

        if (count == 0)
        {
            return;
        }

        if (value is IDictionary map)
        {
            CheckMap(map, state);
        }
        else
        {
            CheckList((IList)value, state);
        }
    }

    private void CheckMap(IDictionary map, CheckState state)
    {
        if (_key is null && _value is null)
        {
            return;
        }

        foreach (DictionaryEntry entry in map)
        {
            state.Path.EnterElement(entry.Key is string key ? ViolationList.Quote(key)[1..^1] : entry.Key);
            _key?.Check(entry.Key, state);
            _value?.Check(entry.Value!, state);
            state.Path.Leave();
        }
    }

    private void CheckList(IList list, CheckState state)
    {
        HashSet<object>? seen = _limits.Unique ? [] : null;
        if (_value is null && seen is null)
        {
            return;
        }

        for (int index = 0; index < list.Count; index++)
        {
            object item = list[index]!;
            state.Path.EnterElement(index);
            _value?.Check(item, state);
            if (seen?.Add(item) == false)
            {
                state.Add($"{ViolationList.Quote(Convert.ToString(item, CultureInfo.InvariantCulture)!)} is given twice");
            }

            state.Path.Leave();
        }
    }
}
