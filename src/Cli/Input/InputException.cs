using System.Globalization;

namespace TopicGrpc.Cli.Input;

/// <summary>An input file that cannot be read as it is.</summary>
internal sealed class InputException : Exception
{
    public InputException(string path, string fault)
        : base($"{path}: {fault}")
    {
    }

    public InputException(string path, long line, string fault)
        : base(string.Create(CultureInfo.InvariantCulture, $"{path}, line {line}: {fault}"))
    {
    }
}
