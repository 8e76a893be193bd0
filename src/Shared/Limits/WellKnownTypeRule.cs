using System.Globalization;
using Google.Protobuf.Reflection;
using Google.Protobuf.WellKnownTypes;

namespace TopicGrpc.Shared.Limits;

/// <summary>
/// Times, durations and field masks. Their own specifications limit them, so that no later conversion of them fails.
/// </summary>
internal sealed class WellKnownTypeRule : ValueRule
{
    private const long MinSeconds = -62_135_596_800;
    private const long MaxSeconds = 253_402_300_799;
    private const long MaxDuration = 315_576_000_000;
    private const int NanosPerSecond = 1_000_000_000;

    private static readonly WellKnownTypeRule Instance = new();

    /// <summary>Returns the rule of a message type, or null if it is not one of the well-known types.</summary>
    public static ValueRule? Of(MessageDescriptor type) =>
        type.FullName is "google.protobuf.Timestamp" or "google.protobuf.Duration" or "google.protobuf.FieldMask" ? Instance : null;

    /// <inheritdoc/>
    public override void Check(object value, CheckState state)
    {
        switch (value)
        {
            case Timestamp time when time.Seconds is < MinSeconds or > MaxSeconds || time.Nanos is < 0 or >= NanosPerSecond:
                state.Add(string.Create(
                    CultureInfo.InvariantCulture,
                    $"must be from 0001-01-01T00:00:00Z to 9999-12-31T23:59:59.999999999Z, {time.Seconds} s and {time.Nanos} ns given"));
                break;
            case Duration duration when !IsValid(duration):
                state.Add(string.Create(
                    CultureInfo.InvariantCulture,
                    $"must be at most {MaxDuration} s, with seconds and nanoseconds of one sign, "
                    + $"{duration.Seconds} s and {duration.Nanos} ns given"));
                break;
            case FieldMask mask when mask.Paths.Any(static path => !IsPath(path)):
                state.Add("must hold field names, separated by periods");
                break;
            default:
                break;
        }
    }

    private static bool IsValid(Duration duration) =>
        duration.Seconds is >= -MaxDuration and <= MaxDuration
        && duration.Nanos is > -NanosPerSecond and < NanosPerSecond
        && (duration.Seconds == 0 || duration.Nanos == 0 || (duration.Seconds < 0) == (duration.Nanos < 0));

    private static bool IsPath(string path) =>
        path.Length > 0 && path.All(static letter => char.IsAsciiLetterLower(letter) || char.IsAsciiDigit(letter) || letter is '_' or '.');
}
