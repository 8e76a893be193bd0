using System.Globalization;
using Google.Protobuf;
using Google.Protobuf.Reflection;
using TopicGrpc.V1;

namespace TopicGrpc.Shared.Limits;

/// <summary>Rules that relate several fields of one message; the limits of a single field are options of the field.</summary>
internal static class CrossFieldRules
{
    private static readonly Dictionary<MessageDescriptor, Action<IMessage, CheckState>> Rules = new()
    {
        [NgramRange.Descriptor] = Rule<NgramRange>(Check),
        [FitSettings.Descriptor] = Rule<FitSettings>(FitSettingsRules.Check),
        [RepresentationSettings.Descriptor] = Rule<RepresentationSettings>(Check),
        [VersionOperation.Types.ReduceTopics.Descriptor] = Rule<VersionOperation.Types.ReduceTopics>(OperationRules.Check),
        [VersionOperation.Types.MergeTopics.Descriptor] = Rule<VersionOperation.Types.MergeTopics>(OperationRules.Check),
        [VersionOperation.Types.UpdateTopics.Descriptor] = Rule<VersionOperation.Types.UpdateTopics>(OperationRules.Check),
        [VersionOperation.Types.UpdatePredictions.Descriptor] = Rule<VersionOperation.Types.UpdatePredictions>(OperationRules.Check),
        [TrafficPolicy.Descriptor] = Rule<TrafficPolicy>(TrafficRules.Check),
        [ImportModelRequest.Types.Header.Descriptor] = Rule<ImportModelRequest.Types.Header>(ModelFileRules.Check),
        [RenderChartRequest.Descriptor] = Rule<RenderChartRequest>(ChartRules.Check),
        [GetTopicRequest.Descriptor] = Rule<GetTopicRequest>(Check),
    };

    /// <summary>Returns the rules of a message type, or null if there are none.</summary>
    public static Action<IMessage, CheckState>? Of(MessageDescriptor type) => Rules.GetValueOrDefault(type);

    private static Action<IMessage, CheckState> Rule<T>(Action<T, CheckState> check)
        where T : IMessage => (message, state) => check((T)message, state);

    private static void Check(NgramRange range, CheckState state)
    {
        if (range.Max < range.Min)
        {
            state.AddAt("max", string.Create(CultureInfo.InvariantCulture, $"must be min ({range.Min}) or more, {range.Max} given"));
        }
    }

    private static void Check(RepresentationSettings settings, CheckState state)
    {
        const string MainName = "Main";
        HashSet<string> seen = new(StringComparer.Ordinal);
        for (int index = 0; index < settings.Aspects.Count; index++)
        {
            string name = settings.Aspects[index].Name;
            string field = string.Create(CultureInfo.InvariantCulture, $"aspects[{index}].name");
            if (name == MainName)
            {
                state.AddAt(field, $"'{MainName}' is the name of the main words");
            }
            else if (!seen.Add(name))
            {
                state.AddAt(field, $"{ViolationList.Quote(name)} is given twice");
            }
        }
    }

    private static void Check(GetTopicRequest request, CheckState state)
    {
        if (request.TopicUid.Length > 0 && request.TopicId != 0)
        {
            state.AddAt("topic_uid", "must be empty if topic_id is given");
        }
    }
}
