using System.Text.Json;

namespace TopicGrpc.Load;

/// <summary>How the report is written.</summary>
internal static class ReportJson
{
    public static JsonSerializerOptions Options { get; } = new(JsonSerializerDefaults.Web) { WriteIndented = true };
}
