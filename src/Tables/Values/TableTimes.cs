namespace TopicGrpc.Tables.Values;

/// <summary>Times of tables: whole numbers since the start of 1970. A time without a zone is UTC, as in the other formats.</summary>
internal static class TableTimes
{
    private const long NanosecondsPerTick = 100;

    /// <returns>Null if the time is outside the years 1 to 9999.</returns>
    public static DateTimeOffset? FromDays(long days) => FromUnits(days, TimeSpan.TicksPerDay);

    public static DateTimeOffset? FromSeconds(long seconds) => FromUnits(seconds, TimeSpan.TicksPerSecond);

    public static DateTimeOffset? FromMilliseconds(long milliseconds) => FromUnits(milliseconds, TimeSpan.TicksPerMillisecond);

    public static DateTimeOffset? FromMicroseconds(long microseconds) => FromUnits(microseconds, TimeSpan.TicksPerMicrosecond);

    public static DateTimeOffset? FromNanoseconds(long nanoseconds) =>
        FromUnits(Math.DivRem(nanoseconds, NanosecondsPerTick, out long rest) - (rest < 0 ? 1 : 0), 1);

    private static DateTimeOffset? FromUnits(long units, long ticksPerUnit)
    {
        Int128 ticks = ((Int128)units * ticksPerUnit) + DateTime.UnixEpoch.Ticks;
        return ticks < 0 || ticks > DateTime.MaxValue.Ticks ? null : new DateTimeOffset((long)ticks, TimeSpan.Zero);
    }
}
