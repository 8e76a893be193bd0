using TopicGrpc.Load.Reports;

namespace TopicGrpc.Load.Scenarios;

/// <summary>A load scenario with targets.</summary>
internal interface IScenario
{
    /// <summary>Name on the command line and in the table.</summary>
    string Name { get; }

    /// <summary>Measures and compares with the targets.</summary>
    Task<IReadOnlyList<Figure>> MeasureAsync(LoadContext context, CancellationToken cancellationToken);
}
