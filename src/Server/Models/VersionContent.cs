using TopicGrpc.V1;

namespace TopicGrpc.Server.Models;

/// <summary>
/// The parts of a version's record that may take megabytes. The routing table keeps the record without settings and operation; both are
/// read from the database when a call asks for them.
/// </summary>
/// <param name="Report">Report; null where the version has none.</param>
/// <param name="Operation">Operation of a derived version; null for another.</param>
internal sealed record VersionContent(FitReport? Report, VersionOperation? Operation);
