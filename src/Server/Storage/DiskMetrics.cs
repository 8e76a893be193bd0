using System.Diagnostics.Metrics;

namespace TopicGrpc.Server.Storage;

/// <summary>Gauges of the disk of the data folder, read when metrics are collected.</summary>
internal sealed class DiskMetrics
{
    public DiskMetrics(Meter meter, DiskSpace space)
    {
        meter.CreateObservableGauge("topicgrpc.disk.free", () => space.FreeBytes, "By", "Free bytes of the disk of the data folder.");
        meter.CreateObservableGauge("topicgrpc.disk.size", () => space.TotalBytes, "By", "Bytes of the disk of the data folder.");
    }
}
