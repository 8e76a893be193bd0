using Grpc.Core;
using TopicGrpc.Client.Errors;
using TopicGrpc.Client.Operations;
using TopicGrpc.Client.Testing.Mapping;
using TopicGrpc.Client.Topics;
using TopicGrpc.Shared;

namespace TopicGrpc.Client.Testing.Services;

/// <summary>
/// What an operation makes of topics where that follows from them: names given, topics deleted or merged, words cut off. Other operations take an engine;
/// their version is a copy of the parent.
/// </summary>
internal static class TopicEdits
{
    public static FakeVersion Apply(FakeVersion parent, VersionOperation operation) => operation switch
    {
        SetTopicLabels { Labels: var labels } => Edit(
            parent, labels.Keys, topic => labels.TryGetValue(topic.Id, out string? label) ? topic with { Label = label } : topic),
        UpdateTopics { TopWordCount: { } most } => Edit(parent, [], topic => topic with { Words = [.. topic.Words.Take(most)] }),
        DeleteTopics { TopicIds: var deleted } when deleted.Any(static topic => topic < 0) => throw Refused("The outliers cannot be deleted."),
        DeleteTopics { TopicIds: var deleted } => Regroup(parent, deleted.Distinct().ToDictionary(static topic => topic, static _ => -1)),
        MergeTopics { Groups: var groups } => Regroup(parent, Groups(groups)),
        _ => Edit(parent, [], static topic => topic),
    };

    private static FakeVersion Edit(FakeVersion parent, IEnumerable<int> named, Func<TopicInfo, TopicInfo> edit)
    {
        Check(parent, named);
        return new FakeVersion(parent.Model, [.. parent.Topics.Select(edit)]) { Documents = parent.Documents };
    }

    private static Dictionary<int, int> Groups(IReadOnlyList<IReadOnlyList<int>> groups)
    {
        Dictionary<int, int> first = [];
        foreach (IReadOnlyList<int> group in groups)
        {
            if (group.Count < 2 || group.Any(topic => !first.TryAdd(topic, group[0])))
            {
                throw Refused("A group to merge has two topics or more, each in no other group.");
            }
        }

        return first;
    }

    /// <summary>Puts topics together and numbers them by size, as a server does.</summary>
    /// <param name="parent">Version to start from.</param>
    /// <param name="groups">Group of each topic that does not stay alone, by a topic of it; −1 for the outliers.</param>
    private static FakeVersion Regroup(FakeVersion parent, Dictionary<int, int> groups)
    {
        Check(parent, groups.Keys);
        ILookup<int, TopicInfo> members = parent.Topics.ToLookup(topic => groups.GetValueOrDefault(topic.Id, topic.Id));
        IEnumerable<int> ranked = members
            .Where(static group => group.Key >= 0)
            .OrderByDescending(static group => group.Sum(static topic => topic.Count))
            .ThenBy(static group => group.Key)
            .Select(static group => group.Key);
        var numbers = ranked.Index().ToDictionary(static pair => pair.Item, static pair => pair.Index);
        numbers[-1] = -1;
        return new FakeVersion(parent.Model, [.. members.Select(group => Join([.. group], numbers[group.Key])).OrderBy(static topic => topic.Id)])
        {
            Documents = [.. parent.Documents.Select(document => document with { TopicId = numbers[groups.GetValueOrDefault(document.TopicId, document.TopicId)] })],
        };
    }

    /// <summary>A topic goes on as the largest that came into it, with the documents of all; a name given by a person stays where it came from one alone.</summary>
    private static TopicInfo Join(IReadOnlyList<TopicInfo> members, int id)
    {
        TopicInfo heir = id < 0
            ? members.FirstOrDefault(static topic => topic.Id < 0) ?? new TopicInfo { Id = -1, Name = FakeVersion.OutlierName, Count = 0 }
            : members.Where(static topic => topic.Id >= 0).MaxBy(static topic => topic.Count)!;
        string prefix = FormattableString.Invariant($"{heir.Id}_");
        return heir with
        {
            Id = id,
            Name = heir.Name.StartsWith(prefix, StringComparison.Ordinal) ? FormattableString.Invariant($"{id}_{heir.Name[prefix.Length..]}") : heir.Name,
            Count = members.Sum(static topic => topic.Count),
            Label = members.Count == 1 ? heir.Label : "",
        };
    }

    private static void Check(FakeVersion parent, IEnumerable<int> named)
    {
        foreach (int topic in named.Where(named => parent.Topics.All(topic => topic.Id != named)))
        {
            throw Refused($"Version {parent.Version} of the fake's model '{parent.Model}' has no topic {topic}.");
        }
    }

    private static RpcException Refused(string message) => StatusToWire.Exception(TopicGrpcStatus.InvalidArgument, ErrorReasons.InvalidField, message);
}
