using TopicGrpc.Engine.Topics.Lineage;

namespace TopicGrpc.Engine.Topics.Comparison;

/// <summary>
/// Classification of links between topics. A pair is kept if neither topic has another link. A topic that links to several was split;
/// topics that link to one were merged.
/// </summary>
internal sealed class TopicChanges
{
    private readonly TopicLinks _links;
    private readonly SharedDocuments _shared;
    private readonly SortedSet<int>[] _after;
    private readonly SortedSet<int>[] _before;

    public TopicChanges(TopicLinks links, SharedDocuments shared)
    {
        _links = links;
        _shared = shared;
        _after = [.. links.Forward.Select(static _ => new SortedSet<int>())];
        _before = [.. links.Backward.Select(static _ => new SortedSet<int>())];
        for (int topic = 0; topic < _after.Length; topic++)
        {
            Add(topic, links.Forward[topic]);
        }

        for (int topic = 0; topic < _before.Length; topic++)
        {
            Add(links.Backward[topic], topic);
        }
    }

    /// <summary>Returns pairs of topics with their change; −1 replaces the missing topic of a pair.</summary>
    public IEnumerable<(TopicChange Change, int Before, int After)> All()
    {
        for (int topic = 0; topic < _after.Length; topic++)
        {
            if (_after[topic].Count == 0)
            {
                yield return (TopicChange.Removed, topic, -1);
            }

            foreach (int next in _after[topic].OrderByDescending(next => _shared[topic, next]).ThenBy(static next => next))
            {
                yield return (Name(topic, next), topic, next);
            }
        }

        for (int topic = 0; topic < _before.Length; topic++)
        {
            if (_before[topic].Count == 0)
            {
                yield return (TopicChange.Added, -1, topic);
            }
        }
    }

    private TopicChange Name(int before, int after)
    {
        bool forward = _links.Forward[before] == after;
        bool backward = _links.Backward[after] == before;
        return (_after[before].Count > 1, _before[after].Count > 1) switch
        {
            (true, false) => TopicChange.Split,
            (false, true) => TopicChange.Merged,
            (false, false) when forward && backward => TopicChange.Kept,
            (true, true) when forward && backward => GivesMore(before, after) ? TopicChange.Split : TopicChange.Merged,
            _ => forward ? TopicChange.Merged : TopicChange.Split,
        };
    }

    /// <summary>
    /// Returns whether a topic gave at least as many documents to its other successors as its successor received from other topics.
    /// </summary>
    private bool GivesMore(int before, int after) =>
        _after[before].Where(other => other != after).Sum(other => _shared[before, other])
        >= _before[after].Where(other => other != before).Sum(other => _shared[other, after]);

    private void Add(int before, int after)
    {
        if (before >= 0 && after >= 0)
        {
            _after[before].Add(after);
            _before[after].Add(before);
        }
    }
}
