using System.Security.Cryptography;
using TopicGrpc.Client.Configuration;

namespace TopicGrpc.Client.Calls;

/// <summary>Exponential pauses with full jitter: uniform between zero and an end that doubles up to a limit.</summary>
/// <param name="options">First and last end.</param>
/// <param name="uniform">Source of numbers in [0, 1).</param>
internal sealed class Backoff(RetryOptions options, Func<double> uniform)
{
    private const int Resolution = 1 << 30;

    public Backoff(RetryOptions options)
        : this(options, Uniform)
    {
    }

    /// <summary>Pause after a failed attempt.</summary>
    /// <param name="failures">Failures so far, 1 or more.</param>
    public TimeSpan After(int failures)
    {
        double end = Math.Min(options.BaseDelay.TotalMilliseconds * Math.Pow(2, failures - 1), options.MaxDelay.TotalMilliseconds);
        return TimeSpan.FromMilliseconds(end * uniform());
    }

    // Clients must not pause in step, so this is the one choice that no seed may fix.
    private static double Uniform() => RandomNumberGenerator.GetInt32(Resolution) / (double)Resolution;
}
