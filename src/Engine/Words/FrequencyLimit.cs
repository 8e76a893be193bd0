using System.Globalization;

namespace TopicGrpc.Engine.Words;

/// <summary>A limit on the number of topics that a term occurs in: a number (Python int) or a share of all topics (Python float). 1 and 1.0 differ.</summary>
public readonly record struct FrequencyLimit
{
    private FrequencyLimit(double value, bool isShare)
    {
        Value = value;
        IsShare = isShare;
    }

    /// <summary>The number or the share.</summary>
    public double Value { get; }

    /// <summary>Whether <see cref="Value"/> is a share in [0, 1].</summary>
    public bool IsShare { get; }

    /// <summary>A number of topics.</summary>
    /// <param name="topics">1 or more.</param>
    /// <returns>The limit.</returns>
    public static FrequencyLimit Count(int topics)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(topics, 1);
        return new FrequencyLimit(topics, isShare: false);
    }

    /// <summary>A share of the topics.</summary>
    /// <param name="share">0 to 1.</param>
    /// <returns>The limit.</returns>
    public static FrequencyLimit Share(double share)
    {
        if (share is not (>= 0 and <= 1))
        {
            throw new ArgumentOutOfRangeException(nameof(share), share, "A share lies between 0 and 1.");
        }

        return new FrequencyLimit(share, isShare: true);
    }

    /// <summary>The limit as a number of topics, not rounded.</summary>
    /// <param name="topicCount">Number of topics, the outliers included.</param>
    /// <returns>Topics.</returns>
    public double Resolve(int topicCount) => IsShare ? Value * topicCount : Value;

    /// <inheritdoc/>
    public override string ToString() => IsShare
        ? Value.ToString("0.0###", CultureInfo.InvariantCulture)
        : Value.ToString("0", CultureInfo.InvariantCulture);
}
