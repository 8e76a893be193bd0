using System.Globalization;

namespace TopicGrpc.Cluster.Documents;

/// <summary>
/// Keys of the objects that hold the records of entries: log, number of the entry for which the object was written first, and a random
/// part. An object may become a later entry after conflicts, but only within a window of entries. So an object that no entry names and
/// whose window is over is never used, and a sweep may delete it without asking its writer. The log in a key is the id that the log had
/// when the object was written: when it has another one, no object of the former id comes into use.
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
    /// <param name="key">Key of the object.</param>
    /// <param name="logId">Id of the log.</param>
    /// <param name="number">Number of the entry.</param>
    /// <param name="window">Entries that an object may become.</param>
    public static bool IsUsable(string key, string logId, long number, int window) =>
        TryParse(key, out string log, out long first) && log == logId && number >= first && number < first + window;

    /// <summary>Returns whether an object that no entry names can become none any more.</summary>
    /// <param name="number">Number in the key of the object.</param>
    /// <param name="end">Number of entries of the log; null if the log is gone.</param>
    /// <param name="window">Entries that an object may become.</param>
    public static bool IsOver(long number, long? end, int window) => end is null || end >= number + window - 1;

    /// <summary>Reads log and number of a key.</summary>
    /// <returns>False for a key of another form.</returns>
    public static bool TryParse(string key, out string logId, out long number)
    {
        int numberStart = Prefix.Length + LogLength + 1;
        (logId, number) = (string.Empty, 0);
        if (key.Length <= numberStart + NumberLength
            || !key.StartsWith(Prefix, StringComparison.Ordinal)
            || !long.TryParse(
                key.AsSpan(numberStart, NumberLength), NumberStyles.AllowHexSpecifier, CultureInfo.InvariantCulture, out number))
        {
            return false;
        }

        logId = key.Substring(Prefix.Length, LogLength);
        return true;
    }
}
