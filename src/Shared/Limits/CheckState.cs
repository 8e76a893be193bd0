using System.Globalization;

namespace TopicGrpc.Shared.Limits;

/// <summary>One run over a request: the place and the violations so far.</summary>
internal sealed class CheckState(ViolationList? violations = null)
{
    /// <summary>Place of the field under check.</summary>
    public FieldPath Path { get; } = new();

    /// <summary>The violations, or null while there are none.</summary>
    public ViolationList? Found { get; private set; } = violations;

    /// <summary>Adds a violation of the field under check.</summary>
    public void Add(string description) => (Found ??= new ViolationList()).Add(Path.ToString(), description);

    /// <summary>Adds a violation of a field below the message under check.</summary>
    public void AddAt(string field, string description)
    {
        Path.Enter(field);
        Add(description);
        Path.Leave();
    }

    /// <summary>Adds a value that is larger than a limit.</summary>
    public void AddTooLarge(long limit, long actual, string unit, bool isContent)
    {
        string text = string.Create(CultureInfo.InvariantCulture, $"at most {limit} {unit}, {actual} given");
        (Found ??= new ViolationList()).Add(new Violation(Path.ToString(), text)
        {
            Reason = isContent ? ErrorReasons.InputTooLarge : ErrorReasons.InvalidField,
            Limit = limit,
            Actual = actual,
        });
    }

    /// <summary>Adds a string without content.</summary>
    public void AddBlank(bool isContent) => (Found ??= new ViolationList()).Add(
        new Violation(Path.ToString(), "must contain more than white space")
        {
            Reason = isContent ? ErrorReasons.InputEmpty : ErrorReasons.InvalidField,
        });
}
