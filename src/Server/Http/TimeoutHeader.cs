using System.Globalization;
using Microsoft.Extensions.Primitives;
using TopicGrpc.Server.Errors;

namespace TopicGrpc.Server.Http;

/// <summary>The header <c>grpc-timeout</c> of an HTTP call: one to eight digits and a unit, such as <c>250m</c> for milliseconds.</summary>
internal static class TimeoutHeader
{
    private const string Name = "grpc-timeout";
    private const int MaxDigits = 8;

    /// <summary>Returns the time that the caller waits.</summary>
    /// <returns>Null without the header.</returns>
    /// <exception cref="ServiceException">The value is malformed or zero.</exception>
    public static TimeSpan? Of(HttpRequest request)
    {
        if (!request.Headers.TryGetValue(Name, out StringValues values))
        {
            return null;
        }

        string value = values.Count == 1 ? values[0] ?? string.Empty : string.Empty;
        if (value.Length is < 2 or > MaxDigits + 1
            || UnitOf(value[^1]) is not { } unit
            || !int.TryParse(value.AsSpan(0, value.Length - 1), NumberStyles.None, CultureInfo.InvariantCulture, out int count)
            || count == 0)
        {
            throw Fault.InvalidField(Name, "must be 1 to 8 digits above 0 and a unit of H, M, S, m, u or n, such as 250m");
        }

        // A longer wait than the timers support is as good as the longest one.
        return TimeSpan.FromMilliseconds(Math.Min(count * unit, int.MaxValue));
    }

    private static double? UnitOf(char unit) => unit switch
    {
        'H' => 3_600_000,
        'M' => 60_000,
        'S' => 1_000,
        'm' => 1,
        'u' => 1e-3,
        'n' => 1e-6,
        _ => null,
    };
}
