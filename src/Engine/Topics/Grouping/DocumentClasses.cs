namespace TopicGrpc.Engine.Topics.Grouping;

/// <summary>Classes of documents by number.</summary>
/// <param name="Numbers">Class of each document; −1 for none.</param>
/// <param name="Names">Name of each class in ordinal order, so that the numbers do not depend on the order of the input.</param>
internal sealed record DocumentClasses(int[] Numbers, string[] Names)
{
    /// <exception cref="ArgumentException">A class has no name, or its document is not among <paramref name="ids"/>.</exception>
    public static DocumentClasses Read(IReadOnlyDictionary<string, string> classes, string[] ids)
    {
        string[] names = [.. classes.Values.Distinct(StringComparer.Ordinal).Order(StringComparer.Ordinal)];
        if (names.Any(string.IsNullOrWhiteSpace))
        {
            throw new ArgumentException("The class of a document has no name.", nameof(classes));
        }

        int[] numbers = new int[ids.Length];
        int found = 0;
        for (int row = 0; row < numbers.Length; row++)
        {
            bool known = classes.TryGetValue(ids[row], out string? name);
            numbers[row] = known ? Array.BinarySearch(names, name, StringComparer.Ordinal) : -1;
            found += known ? 1 : 0;
        }

        if (found < classes.Count)
        {
            string missing = classes.Keys.Except(ids, StringComparer.Ordinal).Order(StringComparer.Ordinal).First();
            throw new ArgumentException(
                $"A class is given for document \"{missing}\", which is not among the training documents.", nameof(classes));
        }

        return new DocumentClasses(numbers, names);
    }
}
