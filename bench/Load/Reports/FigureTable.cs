using System.Globalization;
using System.Text.Json;

namespace TopicGrpc.Load.Reports;

/// <summary>Writer of results: a human-readable table as results arrive, and a machine-readable file at the end.</summary>
internal sealed class FigureTable(TextWriter output)
{
    private static readonly JsonSerializerOptions Json = new(JsonSerializerDefaults.Web) { WriteIndented = true };

    private readonly List<Figure> _figures = [];

    /// <summary>True if every target was met.</summary>
    public bool IsMet => _figures.TrueForAll(static figure => figure.Met != false);

    public void WriteHeader()
    {
        output.WriteLine("| scenario | what | target | measured | |");
        output.WriteLine("|---|---|---|---|---|");
        output.Flush();
    }

    public void Add(IReadOnlyList<Figure> figures)
    {
        foreach (Figure figure in figures)
        {
            _figures.Add(figure);
            output.WriteLine($"| {figure.Scenario} | {figure.What} | {figure.Target} | {figure.Measured} | {figure.Verdict} |");
        }

        output.Flush();
    }

    public void WriteSummary(TimeSpan took) => output.WriteLine(string.Create(
        CultureInfo.InvariantCulture,
        $"\n{_figures.Count(static figure => figure.Met == true)} ok, {_figures.Count(static figure => figure.Met == false)} missed, "
                + $"{_figures.Count(static figure => figure.Verdict == "skipped")} skipped; "
                + $"{Environment.ProcessorCount} cores; {took.TotalMinutes:0.0} min"));

    public Task SaveAsync(FileInfo file, CancellationToken cancellationToken) => File.WriteAllTextAsync(
        file.FullName, JsonSerializer.Serialize(new { cores = Environment.ProcessorCount, figures = _figures }, Json), cancellationToken);
}
