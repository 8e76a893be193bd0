using System.Globalization;

namespace TopicGrpc.Cli.Input;

/// <summary>What a reading of an input left out, for the report to the user.</summary>
internal sealed class InputNotes
{
    private const int ShownFields = 5;

    // A file may have a million columns; the counts of some are enough for the report.
    private const int CountedFields = 1000;

    private readonly SortedDictionary<string, long> _omittedFields = new(StringComparer.Ordinal);
    private readonly List<string> _omittedColumns = [];
    private string? _firstSkipped;

    /// <summary>Number of values that are not attributes, over all documents.</summary>
    public long OmittedAttributes { get; private set; }

    /// <summary>Files of a folder that are not documents.</summary>
    public long SkippedFiles { get; private set; }

    /// <summary>Documents left out because their text exceeds the limit.</summary>
    public long SkippedTexts { get; private set; }

    /// <summary>Texts shortened to the limit.</summary>
    public long CutTexts { get; private set; }

    /// <param name="field">Name of the field, with the reason in parentheses.</param>
    public void Omit(string field)
    {
        OmittedAttributes++;
        if (_omittedFields.Count >= CountedFields && !_omittedFields.ContainsKey(field))
        {
            return;
        }

        _omittedFields[field] = _omittedFields.GetValueOrDefault(field) + 1;
    }

    /// <param name="column">Name of a column of a table, with its type in parentheses.</param>
    public void OmitColumn(string column)
    {
        if (_omittedColumns.Count < CountedFields)
        {
            _omittedColumns.Add(column);
        }
    }

    public void SkipFile(string name, string reason)
    {
        SkippedFiles++;
        _firstSkipped ??= $"{name} ({reason})";
    }

    public void SkipText() => SkippedTexts++;

    public void CutText() => CutTexts++;

    /// <summary>Returns one line for each kind of omission.</summary>
    public IEnumerable<string> Lines()
    {
        if (SkippedFiles > 0)
        {
            yield return string.Create(CultureInfo.InvariantCulture, $"files skipped: {SkippedFiles:N0}; the first is {_firstSkipped}");
        }

        if (CutTexts > 0)
        {
            yield return string.Create(CultureInfo.InvariantCulture, $"texts cut to {DocumentRules.MaxTextBytes:N0} bytes: {CutTexts:N0}");
        }

        if (SkippedTexts > 0)
        {
            yield return string.Create(
                CultureInfo.InvariantCulture,
                $"documents skipped because their text exceeds {DocumentRules.MaxTextBytes:N0} bytes: {SkippedTexts:N0}");
        }

        if (_omittedColumns.Count > 0)
        {
            string more = _omittedColumns.Count > ShownFields
                ? string.Create(CultureInfo.InvariantCulture, $" and {_omittedColumns.Count - ShownFields:N0} more")
                : "";
            yield return $"columns that cannot be attributes were omitted: {string.Join(", ", _omittedColumns.Take(ShownFields))}{more}";
        }

        if (OmittedAttributes > 0)
        {
            IEnumerable<string> fields = _omittedFields
                .OrderByDescending(static pair => pair.Value)
                .Take(ShownFields)
                .Select(static pair => string.Create(CultureInfo.InvariantCulture, $"{pair.Key} in {pair.Value:N0} documents"));
            yield return $"fields that cannot be attributes were omitted: {string.Join(", ", fields)}";
        }
    }
}
