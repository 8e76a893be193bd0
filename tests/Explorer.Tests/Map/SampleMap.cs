using TopicGrpc.Client.Maps;

namespace TopicGrpc.Explorer.Tests.Map;

/// <summary>A map with points of given topics.</summary>
internal static class SampleMap
{
    public static TopicMap Of(int[] topics) => new()
    {
        Model = "news",
        Version = 1,
        Etag = "abc",
        Bounds = new MapBounds(0, 65_535, 0, 65_535),
        Coordinates = Enumerable.Range(1, 2 * topics.Length).Select(static value => (ushort)value).ToArray(),
        TopicIds = topics,
        Probabilities = Enumerable.Range(0, topics.Length).Select(static row => (byte)(10 * row)).ToArray(),
        Labels = [new MapLabel(0, "a label", 1, 2, 0)],
    };
}
