using Google.Protobuf.WellKnownTypes;
using TopicGrpc.Server.Contract;
using TopicGrpc.Shared;
using TopicGrpc.Shared.Content;
using TopicGrpc.V1;

namespace TopicGrpc.Server.Models;

/// <summary>Maps models, versions and selectors between server and contract.</summary>
internal static class ModelMapping
{
    public static Model ToProto(ModelRoute route)
    {
        Model model = new()
        {
            Name = ResourceNames.Model(route.Id),
            CreateTime = Timestamp.FromDateTimeOffset(route.Created),
            LatestVersionNumber = route.Latest,
            TrafficPolicy = route.Traffic is null ? null : TrafficMapping.ToProto(route.Traffic),
            Etag = route.Etag,
        };
        model.VersionLabels.Add(route.Labels);
        return model;
    }

    /// <summary>Maps a version for a list, without settings and operation.</summary>
    public static ModelVersion ToProto(VersionEntry entry)
    {
        ModelVersion version = entry.Record.Clone();
        AddState(version, entry);
        return version;
    }

    private static void AddState(ModelVersion version, VersionEntry entry)
    {
        version.State = entry.State switch
        {
            VersionState.Loading => ModelVersion.Types.State.Loading,
            VersionState.Ready => ModelVersion.Types.State.Ready,
            VersionState.Draining => ModelVersion.Types.State.Draining,
            VersionState.Failed => ModelVersion.Types.State.Failed,
            _ => ModelVersion.Types.State.Stored,
        };
        version.Error = entry.Error is null ? null : StatusMapping.ToProto(entry.Error);
        version.ActiveLeases = entry.ActiveLeases;
        version.LoadDuration = Duration.FromTimeSpan(entry.LoadDuration);
    }

    /// <summary>Maps a version for a watch, without figures by topic.</summary>
    public static ModelVersion ToEvent(VersionEntry entry)
    {
        ModelVersion version = Summary.Event(entry.Record);
        AddState(version, entry);
        return version;
    }

    /// <summary>Maps a deleted version for a watcher that has seen it.</summary>
    public static ModelVersion ToDeleted(VersionEntry entry)
    {
        ModelVersion version = Summary.Event(entry.Record);
        version.State = ModelVersion.Types.State.Deleted;
        return version;
    }

    /// <summary>Maps a selector, which was checked against the limits of the contract.</summary>
    public static VersionSelector FromProto(ModelSelector selector, string field = "selector") => new(
        RequestNames.ParseModel(selector.Model, field + ".model"),
        selector.HasVersionNumber ? selector.VersionNumber : null,
        selector.HasVersionLabel ? selector.VersionLabel : null);
}
