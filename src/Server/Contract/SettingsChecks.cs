using System.Globalization;
using System.Text;
using TopicGrpc.Server.Errors;
using TopicGrpc.V1;

namespace TopicGrpc.Server.Contract;

/// <summary>Collects everything that is wrong with some settings, so that a client learns it in one answer.</summary>
internal sealed class SettingsChecks
{
    private const int MaxNgram = 5;

    private readonly List<FieldViolation> _violations = [];

    public int Range(string field, int value, int least, int most = int.MaxValue)
    {
        if (value < least || value > most)
        {
            Add(field, most == int.MaxValue ? Format($"must be {least} or more, {value} given") : Format($"must lie between {least} and {most}, {value} given"));
        }

        return value;
    }

    public double Range(string field, double value, double least, double most = double.MaxValue)
    {
        if (!(value >= least && value <= most))
        {
            Add(field, most == double.MaxValue ? Format($"must be {least} or more, {value} given") : Format($"must lie between {least} and {most}, {value} given"));
        }

        return value;
    }

    public double Positive(string field, double value)
    {
        if (!(value > 0 && double.IsFinite(value)))
        {
            Add(field, Format($"must be above 0, {value} given"));
        }

        return value;
    }

    /// <summary>A text that must hold more than white space.</summary>
    public string Text(string field, string value, int mostBytes)
    {
        int bytes = Encoding.UTF8.GetByteCount(value);
        if (string.IsNullOrWhiteSpace(value))
        {
            Add(field, "must hold more than white space");
        }
        else if (bytes > mostBytes)
        {
            Add(field, Format($"must have at most {mostBytes} bytes, {bytes} given"));
        }

        return value;
    }

    public T OneOf<T>(string field, string value, params ReadOnlySpan<(string Name, T Value)> choices)
    {
        List<string> names = [];
        foreach ((string name, T choice) in choices)
        {
            if (name == value)
            {
                return choice;
            }

            names.Add(name);
        }

        Add(field, $"must be one of {string.Join(", ", names)}, '{value}' given");
        return choices[0].Value;
    }

    public (int Min, int Max) Ngrams(string field, NgramRange? range)
    {
        if (range is null)
        {
            return (1, 1);
        }

        int min = Range(field + ".min", range.Min, 1, MaxNgram);
        return (min, Range(field + ".max", range.Max, Math.Clamp(min, 1, MaxNgram), MaxNgram));
    }

    public void Add(string field, string description) => _violations.Add(new FieldViolation(field, description));

    /// <exception cref="ServiceException">Something was wrong.</exception>
    public void ThrowIfAny()
    {
        if (_violations.Count > 0)
        {
            throw Fault.InvalidFields(_violations);
        }
    }

    private static string Format(FormattableString text) => text.ToString(CultureInfo.InvariantCulture);
}
