using System.Globalization;
using TopicGrpc.V1;

namespace TopicGrpc.Shared.Limits;

/// <summary>The range of a number. NaN and infinity are in no range.</summary>
internal sealed class NumberRule : ValueRule
{
    private readonly double _least;
    private readonly double _most;
    private readonly bool _isExclusive;
    private readonly string _range;

    public NumberRule(FieldLimits limits)
    {
        _isExclusive = limits.HasAbove;
        _least = limits.HasAbove ? limits.Above : limits.HasMin ? limits.Min : double.MinValue;
        _most = limits.HasMax ? limits.Max : double.MaxValue;
        _range = LimitText.Range(limits);
    }

    /// <inheritdoc/>
    public override void Check(object value, CheckState state)
    {
        double number = value switch
        {
            int integer => integer,
            double real => real,
            long integer => integer,
            float real => real,
            _ => Convert.ToDouble(value, CultureInfo.InvariantCulture),
        };
        if (!(number >= _least && number <= _most) || (_isExclusive && number <= _least))
        {
            state.Add(string.Create(CultureInfo.InvariantCulture, $"must be {_range}, {value} given"));
        }
    }
}
