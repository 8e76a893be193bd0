using System.Globalization;

namespace TopicGrpc.Tables.Documents;

/// <summary>Parses the time of a document in an input.</summary>
internal static class DocumentTime
{
    public const string Expected = "expected an ISO 8601 date, a date with time, or a year of four digits";

    private static readonly string[] Formats =
    [
        "yyyy",
        "yyyy-MM",
        "yyyy-MM-dd",
        "yyyy-MM-dd'T'HH:mmK",
        "yyyy-MM-dd'T'HH:mm:ssK",
        "yyyy-MM-dd'T'HH:mm:ss.FFFFFFFK",
        "yyyy-MM-dd HH:mm:ssK",
        "yyyy-MM-dd HH:mm:ss.FFFFFFFK",
    ];

    /// <summary>Parses a time. A time without an offset is UTC, so that the result does not depend on the machine.</summary>
    public static bool TryParse(string written, out DateTimeOffset time) => DateTimeOffset.TryParseExact(
        written,
        Formats,
        CultureInfo.InvariantCulture,
        DateTimeStyles.AssumeUniversal | DateTimeStyles.AdjustToUniversal,
        out time);
}
