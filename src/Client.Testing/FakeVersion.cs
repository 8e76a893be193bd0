using TopicGrpc.Client.Mapping;
using TopicGrpc.Client.Topics;

namespace TopicGrpc.Client.Testing;

/// <summary>One version of a model of the fake.</summary>
/// <param name="Model">Id of the model.</param>
/// <param name="Version">Number, from 1.</param>
/// <param name="Topics">Topics by id.</param>
/// <param name="Fit">Fit that made it; empty for one that a test added.</param>
/// <param name="Created">When it was made.</param>
internal sealed record FakeVersion(string Model, long Version, IReadOnlyList<TopicInfo> Topics, string Fit, DateTimeOffset Created)
{
    public string ResourceName { get; } = ResourceNames.Version(Model, Version);

    public int TopicCount => Topics.Count(static topic => topic.Id >= 0);

    public long DocumentCount => Topics.Sum(static topic => topic.Count);

    public long OutlierCount => Topics.Where(static topic => topic.Id < 0).Sum(static topic => topic.Count);

    public double OutlierShare => DocumentCount == 0 ? 0 : (double)OutlierCount / DocumentCount;
}
