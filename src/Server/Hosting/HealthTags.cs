namespace TopicGrpc.Server.Hosting;

/// <summary>Tags of health checks that a composition of the server adds.</summary>
internal static class HealthTags
{
    /// <summary>Checks of what ingest and fits need to store something. A failure leaves predictions in service.</summary>
    public const string Storage = "storage";
}
