using TopicGrpc.Load.Reports;

namespace TopicGrpc.Load.Scenarios;

/// <summary>One thing that the server has to show under load.</summary>
internal interface IScenario
{
    /// <summary>Its name on the command line and in the table.</summary>
    string Name { get; }

    /// <summary>Measures, and compares with the targets.</summary>
    Task<IReadOnlyList<Figure>> MeasureAsync(LoadContext context, CancellationToken cancellationToken);
}
