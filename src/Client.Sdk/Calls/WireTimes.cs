using Google.Protobuf.WellKnownTypes;

namespace TopicGrpc.Client.Calls;

/// <summary>Maps times and durations. An absent time is null; an absent duration is zero.</summary>
internal static class WireTimes
{
    public static DateTimeOffset? Time(Timestamp? time) => time?.ToDateTimeOffset();

    public static TimeSpan Span(Duration? duration) => duration?.ToTimeSpan() ?? TimeSpan.Zero;
}
