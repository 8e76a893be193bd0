using System.Globalization;

namespace TopicGrpc.Cli.Input;

/// <summary>An invalid input.</summary>
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
