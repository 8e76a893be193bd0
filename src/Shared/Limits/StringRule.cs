using System.Globalization;
using System.Text;
using System.Text.RegularExpressions;
using TopicGrpc.V1;

namespace TopicGrpc.Shared.Limits;

/// <summary>The limits of a string.</summary>
internal sealed class StringRule : ValueRule
{
    private readonly FieldLimits _limits;
    private readonly Regex? _pattern;

    private StringRule(FieldLimits limits)
    {
        _limits = limits;
        _pattern = limits.Pattern.Length == 0 ? null : new Regex($@"\A(?:{limits.Pattern})\z", RegexOptions.CultureInvariant);
    }

    /// <summary>Returns the rule of strings, or null if they have no limits.</summary>
    public static ValueRule? Of(FieldLimits limits) =>
        limits.HasMinBytes || limits.HasMaxBytes || limits.NotBlank || limits.Pattern.Length > 0 || limits.Values.Count > 0
            ? new StringRule(limits)
            : null;

    /// <inheritdoc/>
    public override void Check(object value, CheckState state)
    {
        string text = (string)value;
        if (_limits.NotBlank && BlankText.IsBlank(text))
        {
            state.AddBlank(_limits.Content);
        }
        else if (_limits.HasMinBytes && text.Length < _limits.MinBytes && Encoding.UTF8.GetByteCount(text) < _limits.MinBytes)
        {
            state.Add(_limits.MinBytes == 1
                ? "must not be empty"
                : string.Create(CultureInfo.InvariantCulture, $"must have at least {_limits.MinBytes} bytes"));
        }
        else if (_limits.HasMaxBytes
            && text.Length * 3L > _limits.MaxBytes
            && Encoding.UTF8.GetByteCount(text) is int bytes
            && bytes > _limits.MaxBytes)
        {
            state.AddTooLarge(_limits.MaxBytes, bytes, "bytes", _limits.Content);
        }
        else if (_pattern?.IsMatch(text) == false)
        {
            state.Add($"must match {_limits.Pattern}, {ViolationList.Quote(text)} given");
        }
        else if (_limits.Values.Count > 0 && !_limits.Values.Contains(text))
        {
            string names = string.Join(", ", _limits.Values.Where(static name => name.Length > 0));
            state.Add($"must be one of {names}, {ViolationList.Quote(text)} given");
        }
    }
}
