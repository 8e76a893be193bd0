using System.Globalization;

namespace TopicGrpc.Cluster.Documents;

/// <summary>
/// Keys of the objects that hold the records of entries: log, number of the entry for which the object was written first, and a random
/// part. An object may become a later entry after conflicts, but only within <see cref="Window"/> entries. So an object that no entry names
/// and whose window is over is never used, and a sweep may delete it without asking its writer.
/// </summary>
internal static class RecordKeys
{
    /// <summary>First characters of all keys.</summary>
    public const string Prefix = "documents/";

    /// <summary>Entries, from the number in the key, that an object may become.</summary>
    public const int Window = 64;

    private const int LogLength = 32;
    private const int NumberLength = 16;

    /// <summary>Returns the key of a new object.</summary>
    /// <param name="logId">Id of the log.</param>
    /// <param name="number">Number of the entry for which the object is written.</param>
    public static string New(string logId, long number) => FormattableString.Invariant(
        $"{Prefix}{logId}/{number:x16}-{Guid.NewGuid():N}");

    /// <summary>Returns whether an object may become an entry.</summary>
    public static bool IsUsable(string key, string logId, long number) =>
        TryParse(key, out string log, out long first) && log == logId && number >= first && number < first + Window;

    /// <summary>Reads log and number of a key.</summary>
    /// <returns>False for a key of another form.</returns>
    public static bool TryParse(string key, out string logId, out long number)
    {
        int numberStart = Prefix.Length + LogLength + 1;
        (logId, number) = (string.Empty, 0);
        if (key.Length <= numberStart + NumberLength
            || !key.StartsWith(Prefix, StringComparison.Ordinal)
            || !long.TryParse(key.AsSpan(numberStart, NumberLength), NumberStyles.AllowHexSpecifier, CultureInfo.InvariantCulture, out number))
        {
            return false;
        }

        logId = key.Substring(Prefix.Length, LogLength);
        return true;
    }
}
