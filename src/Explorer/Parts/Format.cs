using System.Globalization;
using TopicGrpc.Client.Topics;

namespace TopicGrpc.Explorer.Parts;

/// <summary>Numbers, times and names as text, the same on every page.</summary>
public static class Format
{
    /// <summary>Returns a whole number with thousands separators.</summary>
    /// <param name="value">The number.</param>
    public static string Count(long value) => value.ToString("N0", CultureInfo.InvariantCulture);

    /// <summary>Returns a share as a percentage with one digit.</summary>
    /// <param name="value">The share, 0 to 1.</param>
    public static string Share(double value) => string.Create(CultureInfo.InvariantCulture, $"{value * 100:0.0} %");

    /// <summary>Returns a number with three digits after the point; a dash for none.</summary>
    /// <param name="value">The number.</param>
    public static string Number(double? value) => value?.ToString("0.000", CultureInfo.InvariantCulture) ?? "–";

    /// <summary>Returns a coordinate of an SVG element.</summary>
    /// <param name="value">The coordinate.</param>
    public static string Svg(double value) => value.ToString("0.##", CultureInfo.InvariantCulture);

    /// <summary>Returns a time in UTC; a dash for none.</summary>
    /// <param name="time">The time.</param>
    public static string Time(DateTimeOffset? time) =>
        time?.ToUniversalTime().ToString("yyyy-MM-dd HH:mm 'UTC'", CultureInfo.InvariantCulture) ?? "–";

    /// <summary>Returns a duration in the largest units that matter.</summary>
    /// <param name="duration">The duration.</param>
    public static string Duration(TimeSpan duration) => duration switch
    {
        { TotalSeconds: < 10 } => string.Create(CultureInfo.InvariantCulture, $"{duration.TotalSeconds:0.0} s"),
        { TotalMinutes: < 1 } => string.Create(CultureInfo.InvariantCulture, $"{duration.TotalSeconds:0} s"),
        { TotalHours: < 1 } => string.Create(CultureInfo.InvariantCulture, $"{(int)duration.TotalMinutes} min {duration.Seconds} s"),
        _ => string.Create(CultureInfo.InvariantCulture, $"{(int)duration.TotalHours} h {duration.Minutes} min"),
    };

    /// <summary>Returns a size in bytes with a binary unit.</summary>
    /// <param name="bytes">The size.</param>
    public static string Bytes(long bytes) => bytes switch
    {
        < 1 << 10 => string.Create(CultureInfo.InvariantCulture, $"{bytes} B"),
        < 1 << 20 => string.Create(CultureInfo.InvariantCulture, $"{bytes / 1024.0:0.0} KiB"),
        < 1 << 30 => string.Create(CultureInfo.InvariantCulture, $"{bytes / 1048576.0:0.0} MiB"),
        _ => string.Create(CultureInfo.InvariantCulture, $"{bytes / 1073741824.0:0.0} GiB"),
    };

    /// <summary>Returns the custom label of a topic, otherwise its name.</summary>
    /// <param name="topic">The topic.</param>
    public static string Topic(TopicInfo topic)
    {
        ArgumentNullException.ThrowIfNull(topic);
        return Topic(topic.Id, topic.Name, topic.Label);
    }

    /// <summary>Returns the custom label of a topic, otherwise its name; "outliers" for topic −1.</summary>
    /// <param name="id">Number of the topic.</param>
    /// <param name="name">Its generated name.</param>
    /// <param name="label">Its custom label; empty for none.</param>
    public static string Topic(int id, string name, string label) => (id, label) switch
    {
        (_, { Length: > 0 }) => label,
        (-1, _) => "Outliers",
        _ => name,
    };
}
