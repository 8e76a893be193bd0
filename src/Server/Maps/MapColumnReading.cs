using TopicGrpc.Server.Errors;
using TopicGrpc.Server.Fitting;
using TopicGrpc.Server.Models;

namespace TopicGrpc.Server.Maps;

/// <summary>Visits the documents of a version and reads one value of each.</summary>
internal sealed class MapColumnReading(TrainingDocuments training)
{
    private const int MaxClasses = 1000;
    private const int MaxValues = 65_536;

    /// <summary>Reads the values of an attribute.</summary>
    /// <exception cref="ServiceException">
    /// A document is no longer stored, no document has the attribute, or the attribute has too many values.
    /// </exception>
    public async Task<MapClasses> ClassesAsync(VersionHandle version, string attribute, CancellationToken cancellationToken)
    {
        int[] values = new int[version.Content.DocumentIds.Count];
        Dictionary<string, int> numbers = new(StringComparer.Ordinal);
        List<int> counts = [];
        await training.VisitAsync(
            version,
            document =>
            {
                if (document.Document.Attributes?.GetValueOrDefault(attribute) is not { } value)
                {
                    return;
                }

                if (!numbers.TryGetValue(value, out int number))
                {
                    if (numbers.Count == MaxValues)
                    {
                        throw Fault.NotAvailable(FormattableString.Invariant(
                            $"The attribute '{attribute}' has more than {MaxValues} distinct values, the most a map colors."));
                    }

                    numbers.Add(value, number = numbers.Count);
                    counts.Add(0);
                }

                counts[number]++;
                values[document.Row] = number + 1;
            },
            cancellationToken);
        if (numbers.Count == 0)
        {
            throw Fault.NotAvailable($"No training document of the version has the attribute '{attribute}'.");
        }

        KeyValuePair<string, int>[] frequent =
        [
            .. numbers.OrderByDescending(value => counts[value.Value])
                .ThenBy(static value => value.Key, StringComparer.Ordinal)
                .Take(MaxClasses),
        ];
        ushort[] classOf = new ushort[numbers.Count + 1];
        Array.Fill(classOf, (ushort)(frequent.Length + 1), 1, numbers.Count);
        for (int place = 0; place < frequent.Length; place++)
        {
            classOf[frequent[place].Value + 1] = (ushort)(place + 1);
        }

        return new MapClasses([.. frequent.Select(static value => value.Key)], Array.ConvertAll(values, value => classOf[value]));
    }

    /// <summary>Reads the times.</summary>
    /// <exception cref="ServiceException">A document is no longer stored, or no document has a time.</exception>
    public async Task<MapSeconds> SecondsAsync(VersionHandle version, CancellationToken cancellationToken)
    {
        long[] seconds = new long[version.Content.DocumentIds.Count];
        Array.Fill(seconds, long.MinValue);
        long first = long.MaxValue;
        await training.VisitAsync(
            version,
            document =>
            {
                if (document.Document.Time is { } time)
                {
                    seconds[document.Row] = time.ToUnixTimeSeconds();
                    first = Math.Min(first, seconds[document.Row]);
                }
            },
            cancellationToken);
        if (first == long.MaxValue)
        {
            throw Fault.NotAvailable("No training document of the version has a time.");
        }

        for (int row = 0; row < seconds.Length; row++)
        {
            seconds[row] = seconds[row] == long.MinValue ? -1 : seconds[row] - first;
        }

        return new MapSeconds(DateTimeOffset.FromUnixTimeSeconds(first), seconds);
    }
}
