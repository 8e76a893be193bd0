using TopicGrpc.Client.Models;
using TopicGrpc.Explorer.Parts;

namespace TopicGrpc.Explorer.Comparing;

/// <summary>Positions of a flow chart: topics before on the left, topics after on the right, shared documents between them.</summary>
public sealed class Flow
{
    private const double Gap = 4;
    private const int MaxTopics = 60;

    private Flow(IReadOnlyList<FlowNode> left, IReadOnlyList<FlowNode> right, IReadOnlyList<FlowBand> bands, double height, bool isCut)
    {
        Left = left;
        Right = right;
        Bands = bands;
        Height = height;
        IsCut = isCut;
    }

    /// <summary>Topics of the older version.</summary>
    public IReadOnlyList<FlowNode> Left { get; }

    /// <summary>Topics of the newer version.</summary>
    public IReadOnlyList<FlowNode> Right { get; }

    /// <summary>Shared documents.</summary>
    public IReadOnlyList<FlowBand> Bands { get; }

    /// <summary>Height of the chart.</summary>
    public double Height { get; }

    /// <summary>Whether small topics are left out.</summary>
    public bool IsCut { get; }

    /// <summary>Lays out the largest topics of a comparison.</summary>
    /// <param name="matches">Pairs of topics.</param>
    /// <param name="height">Height of the chart without gaps.</param>
    public static Flow Of(IReadOnlyList<TopicMatch> matches, double height)
    {
        ArgumentNullException.ThrowIfNull(matches);
        ComparedTopic[] before = Largest(matches.Select(static match => match.Before), out bool isLeftCut);
        ComparedTopic[] after = Largest(matches.Select(static match => match.After), out bool isRightCut);
        long most = Math.Max(1, Math.Max(before.Sum(static topic => topic.Count), after.Sum(static topic => topic.Count)));
        double scale = height / most;
        Dictionary<int, FlowNode> left = Place(before, scale);
        Dictionary<int, FlowNode> right = Place(after, scale);
        var leftEnds = left.ToDictionary(static pair => pair.Key, static pair => pair.Value.Top);
        var rightEnds = right.ToDictionary(static pair => pair.Key, static pair => pair.Value.Top);
        List<FlowBand> bands = [];
        foreach (TopicMatch match in matches.OrderBy(static match => match.Before?.Id).ThenBy(static match => match.After?.Id))
        {
            if (match is { Before: { } source, After: { } target } && left.ContainsKey(source.Id) && right.ContainsKey(target.Id))
            {
                double band = Math.Max(0.5, match.SharedDocumentCount * scale);
                string title = $"{Name(source)} → {Name(target)}: {Format.Count(match.SharedDocumentCount)} documents";
                bands.Add(new FlowBand(leftEnds[source.Id], rightEnds[target.Id], band, title));
                leftEnds[source.Id] += band;
                rightEnds[target.Id] += band;
            }
        }

        double bottom = left.Values.Concat(right.Values).Select(static node => node.Top + node.Height).DefaultIfEmpty(0).Max();
        return new Flow([.. left.Values], [.. right.Values], bands, bottom + Gap, isLeftCut || isRightCut);
    }

    private static ComparedTopic[] Largest(IEnumerable<ComparedTopic?> topics, out bool isCut)
    {
        ComparedTopic[] all = [.. topics.OfType<ComparedTopic>().DistinctBy(static topic => topic.Id)];
        isCut = all.Length > MaxTopics;
        return [.. all.OrderByDescending(static topic => topic.Count).Take(MaxTopics).OrderBy(static topic => topic.Id)];
    }

    private static Dictionary<int, FlowNode> Place(ComparedTopic[] topics, double scale)
    {
        Dictionary<int, FlowNode> nodes = [];
        double top = Gap;
        foreach (ComparedTopic topic in topics)
        {
            double height = Math.Max(12, topic.Count * scale);
            nodes.Add(topic.Id, new FlowNode(Name(topic), top, height));
            top += height + Gap;
        }

        return nodes;
    }

    private static string Name(ComparedTopic topic) => $"{topic.Id} {Format.Topic(topic.Id, topic.Name, topic.Label)}";
}
