"""How Django's own few forms (sign-in, second factor) are drawn: with the design system's components."""

from django.forms.renderers import TemplatesSetting


class Renderer(TemplatesSetting):
    """Finds form templates among the project's own."""

    form_template_name = "ui/components/form.html"
    field_template_name = "ui/components/form_field.html"
