using Google.Protobuf.WellKnownTypes;

namespace TopicGrpc.Client.Calls;

/// <summary>Times and durations of the contract; an absent one is null or zero.</summary>
internal static class WireTimes
{
    public static DateTimeOffset? Time(Timestamp? time) => time?.ToDateTimeOffset();

    public static TimeSpan Span(Duration? duration) => duration?.ToTimeSpan() ?? TimeSpan.Zero;
}
